import assert from 'node:assert/strict';
import { parseOptions, UsageError } from '../../../flows/options.js';

const parse = (line: string, environment: Record<string, string> = {}) =>
  parseOptions(line === '' ? [] : line.split(' '), environment);

describe('launcher options', () => {
  it('asks for nothing special when none is given', () => {
    assert.deepEqual(parse(''), {
      help: false,
      casts: [],
      speed: null,
      strands: null,
      durationS: null,
      port: 1880,
      configFile: null,
      userDir: '.strandwatch',
    });
  });

  it('takes several casts from one list or from several options', () => {
    assert.deepEqual(parse('--cast sticker,normal --cast crack').casts, ['sticker', 'normal', 'crack']);
  });

  const accepted: readonly [line: string, key: keyof ReturnType<typeof parse>, value: unknown][] = [
    ['--speed 60', 'speed', 60],
    ['--speed=0.1', 'speed', 0.1],
    ['--speed unpaced', 'speed', 'unpaced'],
    ['--strands 100', 'strands', 100],
    ['--duration 2.5', 'durationS', 2.5],
    ['--port 0', 'port', 0],
    ['--config my.yaml', 'configFile', 'my.yaml'],
    ['--user-dir /srv/plant', 'userDir', '/srv/plant'],
    ['--help', 'help', true],
    ['-h', 'help', true],
  ];
  for (const [line, key, value] of accepted) it(`reads ${line}`, () => assert.equal(parse(line)[key], value));

  it('takes the port from PORT unless --port says otherwise', () => {
    assert.equal(parse('', { PORT: '8080' }).port, 8080);
    assert.equal(parse('--port 9000', { PORT: '8080' }).port, 9000);
  });

  const refused: readonly [line: string, says: RegExp][] = [
    ['--sped 60', /^Unknown option --sped: did you mean --speed\?/],
    ['--verbosity 3', /^Unknown option --verbosity: see --help\.$/],
    ['--speed 0', /^--speed: expected a number from 0\.1 to 1000 or unpaced, got "0"\.$/],
    ['--speed fast', /^--speed: expected .* got "fast"\.$/],
    ['--speed 0x10', /^--speed: expected/],
    ['--strands 2.5', /^--strands: expected a whole number from 1 to 256, got "2\.5"\.$/],
    ['--strands 0', /^--strands: expected/],
    ['--duration -1', /^--duration: expected/],
    ['--duration 0', /^--duration: expected a number from 1/],
    ['--port 70000', /^--port: expected a whole number from 0 to 65535, got "70000"\.$/],
    ['--cast', /^--cast: expected a value, got none/],
    ['--cast sticker,', /^--cast: expected ID\[,ID\], got "sticker,"\.$/],
    ['--config', /^--config: expected a value/],
    ['sticker', /^Unexpected argument "sticker": options start with --/],
  ];
  for (const [line, says] of refused)
    it(`refuses ${line} in one line`, () =>
      assert.throws(
        () => parse(line),
        (err) => err instanceof UsageError && says.test(err.message) && !err.message.includes('\n'),
      ));
});
