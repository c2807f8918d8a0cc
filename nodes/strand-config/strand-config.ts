import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Node, NodeAPI, NodeDef } from 'node-red';
import { refuseToStart } from '../lib/adapter.js';
import { systemClock } from '../lib/clock.js';
import type { LiveChange, StrandConfigNode } from '../lib/config-node.js';
import { readConfig } from '../lib/config/read-config.js';
import type { StrandWatchConfig } from '../lib/config/schema.js';
import { asError, ConfigError } from '../lib/errors.js';
import { shipped, userPath } from '../lib/package-paths.js';
import { Configuration } from './configuration.js';
import { parseConfig, type StrandConfigSettings } from './strand-config.config.js';

type Listener = (config: StrandWatchConfig) => void;

export default function register(RED: NodeAPI): void {
  function StrandConfig(this: Node, def: NodeDef): void {
    RED.nodes.createNode(this, def);
    try {
      start(this, parseConfig({ ...def }));
    } catch (err) {
      refuseToStart(this, err);
    }
  }

  function start(node: Node, own: StrandConfigSettings): void {
    const configuration = new Configuration();
    const listeners = new Set<Listener>();
    const userDir = RED.settings.userDir ?? '.';

    const announce = (): void => {
      const config = configuration.current;
      if (config === null) return;
      share(node, config);
      for (const listener of [...listeners]) {
        try {
          listener(config);
        } catch (err) {
          node.error(asError(err).message);
        }
      }
    };
    const load = (): void => {
      try {
        const { raw } =
          own.source === 'inline' ? readConfig(own.yaml, 'inline YAML') : readFile(own, userDir);
        configuration.load(raw);
        node.status({ fill: 'green', shape: 'dot', text: RED._('strand-config.status.loaded') });
      } catch (err) {
        const { message } = asError(err);
        node.status({ fill: 'red', shape: 'ring', text: message.split('\n')[0]! });
        node.error(message);
      }
    };

    const api: Omit<StrandConfigNode, keyof Node> = {
      get current() {
        return configuration.current;
      },
      get liveChanges() {
        return configuration.liveChanges;
      },
      resolve: (path, own) => configuration.resolve(path, own),
      onChange(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      setLive(path, value, by) {
        const change: LiveChange = { path, value, by, at: new Date(systemClock.wall()).toISOString() };
        configuration.setLive(change);
        node.log(`${by} set ${path} to ${JSON.stringify(value)}`);
        announce();
      },
      resetLive(path, by) {
        for (const change of configuration.resetLive(path))
          node.log(`${by} reset ${change.path} to the file`);
        announce();
      },
    };
    Object.defineProperties(node, Object.getOwnPropertyDescriptors(api));

    load();
    if (configuration.current !== null) share(node, configuration.current);
    node.on('close', () => {
      listeners.clear();
      share(node, undefined);
    });
  }

  RED.nodes.registerType('strand-config', StrandConfig);
}

/** Lets function and change nodes read the configuration in force: `global.get('strandwatch')[id of this node]`. */
function share(node: Node, config: StrandWatchConfig | undefined): void {
  node.context().global.set(`strandwatch["${node.id}"]`, config);
}

function readFile(own: StrandConfigSettings, userDir: string): { raw: unknown } {
  const path = own.file === '' ? shipped.config() : userPath(own.file, userDir);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw new ConfigError('CONFIG_UNREADABLE', `${path}: can't be read: ${asError(cause).message}.`, {
      cause,
    });
  }
  return readConfig(text, basename(path));
}
