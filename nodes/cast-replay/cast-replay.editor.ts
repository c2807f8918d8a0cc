import { registerNode } from '../lib/editor/register-node.js';
import { castsOfFolder } from './casts-of-folder.editor.js';
import { defaults, parseConfig } from './cast-replay.config.js';

const timeZones = Intl.supportedValuesOf('timeZone').map((zone) => ({ value: zone, label: zone }));

registerNode('cast-replay', {
  defaults,
  parseConfig,
  outputs: ['readings', 'state'],
  offers: { casts: castsOfFolder, timeZone: (tell) => tell(timeZones) },
  label: ({ casts }) => String(casts),
});
