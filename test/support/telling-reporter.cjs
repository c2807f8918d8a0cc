/**
 * Mocha's usual reporter, which also keeps a file up to date for `test/run.mjs`: the test under way, and the counts at the end.
 * A file, because Mocha runs the tests in a grandchild, which no channel reaches, and because it outlives whoever is killed.
 */
const { writeFileSync } = require('node:fs');
const { reporters, Runner } = require('mocha');

class TellingReporter extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const tell = (news) => writeFileSync(options.reporterOptions.file, JSON.stringify(news));
    runner.on(Runner.constants.EVENT_TEST_BEGIN, (test) => tell({ running: test.fullTitle() }));
    runner.once(Runner.constants.EVENT_RUN_END, () => {
      const { passes, failures, pending } = this.stats;
      tell({ counts: { passes, failures, pending } });
    });
  }
}

module.exports = TellingReporter;
