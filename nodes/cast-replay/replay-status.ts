import type { Mode, ReplayState } from './replay-state.js';

const FILLS = {
  playing: 'green',
  paused: 'yellow',
  stopped: 'grey',
  finished: 'blue',
} as const satisfies Record<Mode, string>;

/** The state as a node's status. @param word translates a mode */
export function statusOf({ state, speed, percent, strands }: ReplayState, word: (mode: Mode) => string) {
  const failed = strands.find(({ problem }) => problem !== null);
  if (failed !== undefined)
    return { fill: 'yellow', shape: 'ring', text: `${failed.strand}: ${failed.problem}` } as const;
  const words = [word(state), speed === 'unpaced' ? speed : `${speed}x`];
  if (percent !== null) words.push(`${percent.toFixed(0)} %`);
  return {
    fill: FILLS[state],
    shape: state === 'playing' ? 'dot' : 'ring',
    text: words.join(' · '),
  } as const;
}
