/** A small chart as SVG text: axes with ticks, and marks in data coordinates. Follows the reader's light or dark theme. */

export interface Axis {
  readonly label: string;
  readonly from: number;
  readonly to: number;
  /** Where ticks are, and what they are called. */
  readonly ticks: readonly { readonly at: number; readonly text: string }[];
}

export interface ChartFrame {
  readonly title: string;
  /** For those who can't see the picture. */
  readonly description: string;
  readonly x: Axis;
  readonly y: Axis;
}

/** A mark or a line of the legend: a class of the style sheet and a name. */
export interface LegendEntry {
  readonly style: string;
  readonly name: string;
}

const WIDTH = 720;
const HEIGHT = 440;
const LEFT = 68;
const RIGHT = 24;
const TOP = 48;
const BOTTOM = 64;

/** The colours are told apart by colour-blind people too. Source: Okabe and Ito, 2008. */
const STYLE = `
  :root { --ink: #24292f; --faint: #d0d7de; --rules: #6e7781; --baseline: #0072b2; --sequence: #b87a00; --ensemble: #c44500; --late: #8250df }
  @media (prefers-color-scheme: dark) {
    :root { --ink: #e6edf3; --faint: #3d444d; --rules: #9aa4ae; --baseline: #56b4e9; --sequence: #f0b429; --ensemble: #ff8a4c; --late: #c297ff }
  }
  text { font: 14px system-ui, sans-serif; fill: var(--ink) }
  .title { font-weight: 600; font-size: 16px }
  .grid { stroke: var(--faint); stroke-width: 1 }
  .axis { stroke: var(--ink); stroke-width: 1 }
  .even { stroke: var(--ink); stroke-width: 1; stroke-dasharray: 5 5 }
  .line { fill: none; stroke-width: 2.5 }
  .line.rules { stroke: var(--rules) } .line.baseline { stroke: var(--baseline) }
  .line.sequence { stroke: var(--sequence) } .line.ensemble { stroke: var(--ensemble) }
  .fill.rules { fill: var(--rules) } .fill.baseline { fill: var(--baseline) }
  .fill.sequence { fill: var(--sequence) } .fill.ensemble { fill: var(--ensemble) } .fill.late { fill: var(--late) }`;

export class SvgChart {
  private readonly marks: string[] = [];

  constructor(private readonly frame: ChartFrame) {}

  /** @param points in data coordinates; those beyond the frame are cut off at its edge */
  line(style: string, points: readonly (readonly [x: number, y: number])[]): this {
    const path = points.map(([x, y]) => `${this.x(x)},${this.y(y)}`).join(' ');
    return this.mark(`<polyline class="${style}" points="${path}" clip-path="url(#plot)"/>`);
  }

  dot(style: string, x: number, y: number, tip: string): this {
    const title = `<title>${escaped(tip)}</title>`;
    return this.mark(
      `<circle class="fill ${style}" cx="${this.x(x)}" cy="${this.y(y)}" r="4">${title}</circle>`,
    );
  }

  /** A bar that stands on the lower edge. */
  bar(style: string, from: number, to: number, height: number, tip: string): this {
    const [left, right] = [this.x(from), this.x(to)];
    const [top, foot] = [this.y(height), this.y(this.frame.y.from)];
    const title = `<title>${escaped(tip)}</title>`;
    return this.mark(
      `<rect class="fill ${style}" x="${left}" y="${top}" width="${short(right - left)}" height="${short(foot - top)}">${title}</rect>`,
    );
  }

  /** @param corner where it lies free of marks */
  legend(corner: 'top-left' | 'bottom-right' | 'top-right', entries: readonly LegendEntry[]): this {
    const x = corner === 'top-left' ? LEFT + 18 : WIDTH - RIGHT - 190;
    const y = corner === 'bottom-right' ? HEIGHT - BOTTOM - 22 * entries.length - 4 : TOP + 18;
    entries.forEach(({ style, name }, i) =>
      this.mark(
        `<rect class="fill ${style}" x="${x}" y="${y + 22 * i - 6}" width="18" height="6"/>` +
          `<text x="${x + 26}" y="${y + 22 * i + 2}">${escaped(name)}</text>`,
      ),
    );
    return this;
  }

  toString(): string {
    const { title, description } = this.frame;
    return [
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="title about">`,
      `<title id="title">${escaped(title)}</title><desc id="about">${escaped(description)}</desc>`,
      `<style>${STYLE}</style>`,
      `<clipPath id="plot"><rect x="${LEFT}" y="${TOP - 4}" width="${WIDTH - LEFT - RIGHT}" height="${HEIGHT - TOP - BOTTOM + 4}"/></clipPath>`,
      `<text class="title" x="${LEFT}" y="26">${escaped(title)}</text>`,
      ...this.axes(),
      ...this.marks,
      '</svg>',
      '',
    ].join('\n');
  }

  private axes(): string[] {
    const { x, y } = this.frame;
    const [foot, side] = [HEIGHT - BOTTOM, WIDTH - RIGHT];
    return [
      ...y.ticks.flatMap(({ at, text }) => [
        `<line class="grid" x1="${LEFT}" x2="${side}" y1="${this.y(at)}" y2="${this.y(at)}"/>`,
        `<text x="${LEFT - 10}" y="${short(this.y(at) + 5)}" text-anchor="end">${escaped(text)}</text>`,
      ]),
      ...x.ticks.map(
        ({ at, text }) =>
          `<text x="${this.x(at)}" y="${foot + 22}" text-anchor="middle">${escaped(text)}</text>`,
      ),
      `<line class="axis" x1="${LEFT}" x2="${side}" y1="${foot}" y2="${foot}"/>`,
      `<text x="${(LEFT + side) / 2}" y="${HEIGHT - 16}" text-anchor="middle">${escaped(x.label)}</text>`,
      `<text transform="translate(20 ${(TOP + foot) / 2}) rotate(-90)" text-anchor="middle">${escaped(y.label)}</text>`,
    ];
  }

  private mark(svg: string): this {
    this.marks.push(svg);
    return this;
  }

  private x(value: number): number {
    const { from, to } = this.frame.x;
    return short(LEFT + ((value - from) / (to - from)) * (WIDTH - LEFT - RIGHT));
  }

  private y(value: number): number {
    const { from, to } = this.frame.y;
    return short(HEIGHT - BOTTOM - ((value - from) / (to - from)) * (HEIGHT - TOP - BOTTOM));
  }
}

/** Ticks from `from` on, `step` apart. */
export function evenTicks(from: number, to: number, step: number, digits: number): Axis['ticks'] {
  const count = Math.round((to - from) / step) + 1;
  return Array.from({ length: count }, (_, i) => ({
    at: from + i * step,
    text: (from + i * step).toFixed(digits),
  }));
}

/** A tenth of a pixel is finer than a screen. */
const short = (value: number): number => Math.round(value * 10) / 10;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
