/** Looks that all widgets share, inside their shadow roots. */
export const PANEL_STYLE = `
:host { display: block; box-sizing: border-box; color: var(--sw-text); background: var(--sw-panel); border: 1px solid var(--sw-line); border-radius: 6px; font: 15px/1.35 system-ui, "Segoe UI", Roboto, sans-serif; font-variant-numeric: tabular-nums; overflow: hidden; }
:host([hidden]), [hidden] { display: none !important; }
* { box-sizing: border-box; }
.panel { height: 100%; display: flex; flex-direction: column; min-height: 0; padding: 8px 10px; gap: 6px; }
.scroll { flex: 1; min-height: 0; overflow-y: auto; overscroll-behavior: contain; }
h2 { margin: 0; font-size: 13px; font-weight: 600; letter-spacing: .05em; text-transform: uppercase; color: var(--sw-muted); }
.head { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 10px; }
.head > .grow { flex: 1; }
.muted { color: var(--sw-muted); } .small { font-size: 13px; }
.cut { white-space: nowrap; overflow: hidden; text-overflow: ellipsis; min-width: 0; }
.empty { color: var(--sw-muted); text-align: center; padding: 18px 8px; margin: auto; }
.row { display: flex; align-items: baseline; justify-content: space-between; gap: 8px; min-width: 0; }
.critical { color: var(--sw-critical); } .warning { color: var(--sw-warning); } .normal { color: var(--sw-normal); } .quality { color: var(--sw-quality); } .silent { color: var(--sw-muted); }
.chip { display: inline-flex; align-items: center; gap: 4px; padding: 1px 8px; border-radius: 10px; border: 1px solid var(--sw-line); background: var(--sw-field); font-size: 13px; white-space: nowrap; }
button, select, input { font: inherit; color: inherit; border-radius: 4px; min-height: 30px; }
button { background: var(--sw-field); color: var(--sw-text); border: 1px solid var(--sw-line); padding: 3px 10px; cursor: pointer; }
button:hover { border-color: var(--sw-link); }
button[aria-pressed=true], button[aria-selected=true] { border-color: var(--sw-link); box-shadow: inset 0 -3px var(--sw-link); }
button.primary { background: var(--sw-button); color: var(--sw-on-button); border-color: var(--sw-button); font-weight: 600; }
button:disabled { opacity: .55; cursor: default; }
select, input { background: var(--sw-field); border: 1px solid var(--sw-line); padding: 3px 6px; }
input[type=range] { padding: 0; accent-color: var(--sw-button); } input[type=checkbox] { accent-color: var(--sw-button); min-height: 0; width: 18px; height: 18px; }
:focus-visible { outline: 3px solid var(--sw-link); outline-offset: 1px; }
table { border-collapse: collapse; width: 100%; } th, td { padding: 4px 8px; text-align: right; border-bottom: 1px solid var(--sw-grid); font-weight: normal; }
th { color: var(--sw-muted); font-size: 13px; } th:first-child, td:first-child { text-align: left; }
.chart { flex: 1; min-height: 0; min-width: 0; position: relative; }
.key { display: flex; flex-wrap: wrap; gap: 2px 14px; font-size: 13px; color: var(--sw-muted); } .key b { color: var(--sw-text); display: inline-block; min-width: 3.2em; text-align: right; font-size: 15px; }
.key i { display: inline-block; width: 18px; height: 0; border-top: 3px solid currentColor; vertical-align: middle; margin-right: 5px; }
@media (pointer: coarse) { button, select, input { min-height: 40px; } }
@media (max-width: 700px) { .panel { padding: 8px; } }
`;
