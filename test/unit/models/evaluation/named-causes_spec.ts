import assert from 'node:assert/strict';
import { join } from 'node:path';
import { likelyMechanism } from '../../../../nodes/alert-manager/likely-mechanism.js';
import { readConfigFile } from '../../../../nodes/lib/config/config-file.js';
import { MECHANISMS } from '../../../../nodes/lib/mechanisms.js';
import { packageRoot, shipped } from '../../../../nodes/lib/package-paths.js';
import { confusionTable, rightlyNamed, type Naming } from '../../../../models/evaluation/confusion.js';
import { fixedConfig } from '../../../../models/evaluation/fixed-config.js';
import { namedEvents } from '../../../../models/evaluation/named-causes.js';
import { loadModels } from '../../../../models/evaluation/served-models-file.js';
import { castInSeries } from '../../../../models/simulator/cast-series.js';
import { runCast } from '../../../../models/simulator/run.js';

/** Of a series that neither training nor tuning used. */
const SEED = 410;
const EVENTS = 60;

describe('The cause that an alarm names', function () {
  // Some 10 s of computing on one core; patience is for a busy machine.
  this.timeout(300_000);

  it(`is right for at least 80 % of ${EVENTS} simulated events, over all mechanisms`, async () => {
    const config = fixedConfig(readConfigFile(shipped.config()).raw);
    const models = await loadModels(join(packageRoot(), 'models'), () => true);
    const namings: Naming[] = [];
    for (let index = 0; namings.length < EVENTS; index++) {
      const cast = runCast(castInSeries('iid', SEED, index).plan);
      for (const { event, raised } of await namedEvents(cast, config, models))
        if (raised !== null) namings.push({ ...truthOf(event), named: likelyMechanism({ ...raised }) });
    }
    assert.deepEqual(new Set(namings.map(({ truth }) => truth)), new Set(MECHANISMS));
    assert.ok(rightlyNamed(namings) >= 0.8, `${rightlyNamed(namings)}\n${confusionTable(namings)}`);
  });
});

const truthOf = ({ type, column = null }: { type: string; column?: number | null }) => ({
  truth: type,
  column,
});
