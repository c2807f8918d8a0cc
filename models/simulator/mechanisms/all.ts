import { coolingCrack } from './cooling-crack.js';
import { longCrack } from './long-crack.js';
import type { EventType, Mechanism } from './mechanism.js';
import { oscillation } from './oscillation.js';
import { segregation } from './segregation.js';
import { slagEntrainment } from './slag-entrainment.js';
import { sticker } from './sticker.js';

export const mechanisms: Readonly<Record<EventType, Mechanism>> = {
  sticker,
  long_crack: longCrack,
  slag_entrainment: slagEntrainment,
  cooling_crack: coolingCrack,
  segregation,
  oscillation,
};
