/**
 * Colours of both themes: red and amber are for alarms and limits alone, what is normal is grey, quality of a sensor has its own
 * (ISA-101); the grids of the pages, and what must give way of either dashboard's own looks.
 */
import { applyTheme, followSystemTheme } from './theme.js';

const COLOURS = `
:root, :root[data-sw-theme=light] {
  color-scheme: light;
  --sw-page: #e9edf1; --sw-panel: #ffffff; --sw-field: #f1f4f7; --sw-line: #c3ccd4; --sw-grid: #e0e5ea;
  --sw-text: #1b2530; --sw-muted: #52606d; --sw-link: #175a8f; --sw-button: #1f689f; --sw-on-button: #ffffff;
  --sw-normal: #3d4a56; --sw-quality: #9c2473; --sw-warning: #8a5200; --sw-critical: #b3121a; --sw-warning-fill: #f5b83d33; --sw-critical-fill: #e5383533;
  --sw-data: #17629c; --sw-baseline: #00707a; --sw-sequence: #7a3fb0; --sw-rules: #5c6770; --sw-band: #dce8f1;
}
:root[data-sw-theme=dark] {
  color-scheme: dark;
  --sw-page: #10151a; --sw-panel: #1a2129; --sw-field: #12171c; --sw-line: #3c4854; --sw-grid: #2a333d;
  --sw-text: #dde4ea; --sw-muted: #9dabb8; --sw-link: #8fc1ea; --sw-button: #2f6f9f; --sw-on-button: #ffffff;
  --sw-normal: #c2ccd5; --sw-quality: #f08fcb; --sw-warning: #f5b83d; --sw-critical: #ff6f66; --sw-warning-fill: #f5b83d26; --sw-critical-fill: #ff5d5230;
  --sw-data: #86b7e0; --sw-baseline: #5fd0c5; --sw-sequence: #c39bf0; --sw-rules: #a9b4be; --sw-band: #1f2f3a;
}`;

/** The pages bring their own panels: cards, fixed heights and grids of the dashboards step back where one is shown. */
const HOSTS = `
body.nr-dashboard-theme, body.nr-dashboard-theme md-content, .v-application, .nrdb-app { background: var(--sw-page) !important; }
ui-card-panel:has(.sw-page) { position: static !important; width: 100% !important; margin: 0 !important; border: 0 !important; }
.masonry-container:has(.sw-page) { width: 100% !important; height: auto !important; padding: 0 !important; margin: 0 !important; }
.nr-dashboard-cardpanel.sw-host, .sw-host .nr-dashboard-cardcontainer { width: auto !important; height: auto !important; margin: 0 !important; border: 0 !important; background: transparent !important; box-shadow: none !important; }
.nr-dashboard-template:has(> .sw-page) { position: relative !important; left: 0 !important; top: 0 !important; width: 100% !important; height: auto !important; max-height: none !important; margin: 0 !important; padding: 0 !important; overflow: visible !important; box-sizing: border-box; background: transparent !important; box-shadow: none !important; }
.nrdb-ui-page:has(.sw-page), .nrdb-ui-page :has(.sw-page) { display: block !important; height: auto !important; max-height: none !important; padding: 0 !important; margin: 0 !important; border: 0 !important; background: transparent !important; box-shadow: none !important; overflow: visible !important; }
`;

const PAGES = `
.sw-page { display: grid; gap: 8px; padding: 8px; box-sizing: border-box; color: var(--sw-text); background: var(--sw-page); font: 15px/1.35 system-ui, "Segoe UI", Roboto, sans-serif; font-variant-numeric: tabular-nums; }
.sw-page > * { min-width: 0; min-height: 0; }
.sw-page > sw-bar { grid-area: bar; }
.sw-operator { grid-template-areas: "bar" "alarms" "strands" "cast" "risk" "why" "trends"; grid-template-columns: minmax(0, 1fr); }
.sw-operator > sw-strands { grid-area: strands; } .sw-operator > sw-cast { grid-area: cast; }
.sw-operator > sw-risk-chart { grid-area: risk; height: 260px; } .sw-operator > sw-trends { grid-area: trends; }
.sw-operator > sw-alarm-panel { grid-area: alarms; } .sw-operator > sw-explanation { grid-area: why; }
@media (max-width: 1099px) { .sw-operator > sw-alarm-panel, .sw-operator > sw-strands { max-height: 70vh; } }
@media (min-width: 1100px) {
  .sw-operator { grid-template-areas: "bar bar bar" "strands cast alarms" "strands risk alarms" "strands trends why"; grid-template-columns: 270px minmax(0, 1fr) minmax(380px, 25vw); grid-template-rows: auto auto minmax(220px, 34%) minmax(0, 1fr); height: calc(100vh - var(--sw-chrome, 56px)); min-height: 700px; }
  .sw-operator > sw-risk-chart { height: auto; }
}
.sw-engineer, .sw-system { grid-template-areas: "bar"; grid-template-columns: minmax(0, 1fr); }
.sw-demo { grid-template-areas: "bar" "player" "cast" "risk" "compare" "overlay"; grid-template-columns: minmax(0, 1fr); }
.sw-demo > sw-player { grid-area: player; } .sw-demo > sw-cast { grid-area: cast; } .sw-demo > sw-model-comparison { grid-area: compare; }
.sw-demo > sw-overlay { grid-area: overlay; min-height: 420px; } .sw-demo > sw-risk-chart { grid-area: risk; height: 260px; }
@media (min-width: 1100px) {
  .sw-demo { grid-template-areas: "bar bar" "player player" "cast cast" "risk overlay" "compare overlay"; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); grid-template-rows: auto auto auto minmax(240px, 2fr) minmax(240px, 3fr); height: calc(100vh - var(--sw-chrome, 56px)); min-height: 860px; }
  .sw-demo > sw-model-comparison, .sw-demo > sw-overlay, .sw-demo > sw-risk-chart { height: auto; }
}
`;

const STYLE_ID = 'sw-page-style';

/** Once per document, whichever template comes first. */
export function showPage(): void {
  if (document.getElementById(STYLE_ID) !== null) return;
  const style = document.createElement('style');
  style.id = STYLE_ID;
  style.textContent = COLOURS + HOSTS + PAGES;
  document.head.append(style);
  applyTheme();
  followSystemTheme();
  addEventListener('resize', measureChrome);
}

/** What the dashboard's own bar takes of the screen: the page fits into the rest. */
export function measureChrome(): void {
  const top = document.querySelector('.sw-page')?.getBoundingClientRect().top ?? 0;
  document.documentElement.style.setProperty('--sw-chrome', `${Math.max(0, Math.round(top + scrollY))}px`);
}
