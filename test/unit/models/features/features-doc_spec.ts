import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { featuresDoc } from '../../../../models/features/features-doc.js';
import { describePlan } from '../../../../nodes/feature-extract/feature-catalog.js';
import { planFeatures } from '../../../../nodes/feature-extract/feature-plan.js';
import { readConfig } from '../../../../nodes/lib/config/read-config.js';
import { packageRoot, shipped } from '../../../../nodes/lib/package-paths.js';

const CONFIG = 'flows/config/realtime_inference.yaml';
const plan = planFeatures(readConfig(readFileSync(shipped.config(), 'utf8'), CONFIG).config);

describe('docs/features.md', () => {
  it('says what the catalog says (npm run features -- --describe docs/features.md writes it)', () => {
    assert.equal(readFileSync(join(packageRoot(), 'docs', 'features.md'), 'utf8'), featuresDoc(plan, CONFIG));
  });

  it('gives every feature a unit, a formula and a source', () => {
    const { features, channels } = describePlan(plan);
    assert.deepEqual(
      features.map(({ name }) => name),
      plan.names,
    );
    for (const { name, unit, formula, source } of [...features, ...channels])
      assert.ok(unit !== '' && formula !== '' && source !== '', name);
  });
});
