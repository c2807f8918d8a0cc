import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot, userPath } from '../../../nodes/lib/package-paths.js';

describe('a path that a user wrote', () => {
  const rows: readonly [what: string, written: string, means: string][] = [
    ['is taken as it is when absolute', '/plant/line-2.yaml', '/plant/line-2.yaml'],
    ["starts at Node-RED's user directory", 'plant/line-2.yaml', join('/user', 'plant', 'line-2.yaml')],
    [
      'starts at the package after package:',
      'package:flows/pump/plant.yaml',
      join(packageRoot(), 'flows', 'pump', 'plant.yaml'),
    ],
  ];
  for (const [what, written, means] of rows)
    it(what, () => {
      assert.equal(userPath(written, '/user'), means);
    });

  it('finds what the package ships', () => {
    for (const file of ['plant.yaml', 'pump.csv', 'model.yaml', 'model.onnx'])
      assert.ok(existsSync(userPath(`package:flows/pump/${file}`, '/user')), file);
  });
});
