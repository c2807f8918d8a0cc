import { every } from './browser-clock.js';
import { preferences } from './preferences.js';
import type { PageState } from './store.js';

const PERIOD_MS = 3000;

/** Sounds every three seconds while a critical alarm is unacknowledged and this browser isn't muted. */
class AlarmSound {
  private context: AudioContext | null = null;
  private stop: (() => void) | null = null;

  follow({ alarms }: Pick<PageState, 'alarms'>): void {
    const isWanted =
      !preferences.muted && alarms.open.some(({ state, level }) => state === 'UNACK' && level === 'critical');
    if (isWanted && this.stop === null) {
      this.beep();
      this.stop = every(PERIOD_MS, () => this.beep());
    } else if (!isWanted && this.stop !== null) {
      this.stop();
      this.stop = null;
    }
  }

  /** Two short tones. Browsers keep silent until their user has clicked somewhere; then the next one is heard. */
  private beep(): void {
    if (navigator.userActivation?.hasBeenActive === false) return;
    this.context ??= new AudioContext();
    const { context } = this;
    [880, 660].forEach((hertz, index) => {
      const from = context.currentTime + 0.22 * index;
      const tone = new OscillatorNode(context, { frequency: hertz });
      const volume = new GainNode(context, { gain: 0 });
      volume.gain.setValueAtTime(0.15, from);
      volume.gain.exponentialRampToValueAtTime(0.001, from + 0.2);
      tone.connect(volume).connect(context.destination);
      tone.start(from);
      tone.stop(from + 0.2);
    });
  }
}

export const alarmSound = new AlarmSound();
