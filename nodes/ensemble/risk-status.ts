import type { EnsemblePrediction } from '../lib/messages.js';

export interface Shown {
  readonly fill: 'red' | 'yellow' | 'green';
  readonly shape: 'dot';
  readonly text: string;
}

type Words = (key: string, values?: Readonly<Record<string, string>>) => string;

/**
 * The status that tells an ensemble's prediction. A risk may come a thousand times a second and looking words up costs more
 * than combining the models, so each word is looked up once: at most 101 of a kind, one for each percent.
 */
export class RiskStatus {
  private readonly known = new Map<string, string>();

  constructor(private readonly wordsFor: Words) {}

  of({ probability, degraded, fallback, confidence }: EnsemblePrediction): Shown {
    const notes = [
      probability === null ? this.words('none') : this.words('risk', (100 * probability).toFixed(0)),
    ];
    if (fallback) notes.push(this.words('fallback'));
    else if (degraded) notes.push(this.words('degraded'));
    if (confidence < 1) notes.push(this.words('confidence', String(Math.floor(100 * confidence))));
    const fill = probability === null || fallback ? 'red' : degraded ? 'yellow' : 'green';
    return { fill, shape: 'dot', text: notes.join(' · ') };
  }

  private words(key: string, percent = ''): string {
    const place = key + percent;
    const known = this.known.get(place);
    if (known !== undefined) return known;
    const words = this.wordsFor(key, percent === '' ? {} : { percent });
    this.known.set(place, words);
    return words;
  }
}
