import type { Node, NodeAPI, NodeDef } from 'node-red';
import { refuseToStart } from '../lib/adapter.js';
import { systemClock } from '../lib/clock.js';
import type { StrandConfigNode } from '../lib/config-node.js';
import type { StrandWatchConfig } from '../lib/config/schema.js';
import { asError, shown } from '../lib/errors.js';
import { serveAdmin } from './admin-http.js';
import { ChangeLogStore, changeLogPath } from './change-log-store.js';
import { configSource } from './config-source-file.js';
import { Configuration } from './configuration.js';
import { FeedService } from './dashboard/feed-service.js';
import { Feed } from './dashboard/feed.js';
import { liveChange } from './live-change.js';
import { liveChangesPath, LiveChangesStore, readLiveChanges } from './live-changes-store.js';
import { parseConfig, type StrandConfigSettings } from './strand-config.config.js';
import { serveWidgets } from './widgets-http.js';

type Listener = (config: StrandWatchConfig) => void;

export default function register(RED: NodeAPI): void {
  serveAdmin(RED);
  serveWidgets(RED.httpNode);

  function ConfigNode(this: Node, def: NodeDef): void {
    RED.nodes.createNode(this, def);
    try {
      start(this, parseConfig({ ...def }));
    } catch (err) {
      refuseToStart(this, err);
    }
  }

  function start(node: Node, own: StrandConfigSettings): void {
    const { userDir } = RED.settings;
    const storePath = liveChangesPath(userDir, node.id);
    const store = new LiveChangesStore(storePath, (err) => node.error(err.message));
    const log = new ChangeLogStore(changeLogPath(userDir, node.id), (err) => node.error(err.message));
    const source = configSource(own, userDir ?? '.');
    const configuration = new Configuration(attempt(node, () => readLiveChanges(storePath)) ?? []);
    const listeners = new Set<Listener>();
    const feed = new Feed(`${node.id}-${systemClock.wall()}`, systemClock);

    const changed = (): void => {
      const config = configuration.current;
      if (config === null) return;
      const args = {
        source: source.name,
        sensors: config.sensors.length,
        live: configuration.liveChanges.length,
      };
      const text = RED._(`strand-config.status.${args.live > 0 ? 'live' : 'loaded'}`, args);
      node.status({ fill: 'green', shape: 'dot', text });
      share(node, config);
      feed.configure(config, configuration.liveChanges, log.newestFirst);
      for (const listener of [...listeners]) attempt(node, () => listener(config));
    };
    const load = (text: string): void => {
      const dropped = configuration.load(source.parse(text));
      for (const { path, value, by } of dropped)
        node.warn(`${path} = ${shown(value)}, set live by ${by}, does not go with ${source.name}: given up.`);
      if (dropped.length > 0) store.save(configuration.liveChanges);
      changed();
    };
    const complain = (err: Error): void => {
      node.status({ fill: 'red', shape: 'ring', text: err.message.split('\n')[0]! });
      node.error(err.message);
    };

    const api: Omit<StrandConfigNode, keyof Node> = {
      get current() {
        return configuration.current;
      },
      get liveChanges() {
        return configuration.liveChanges;
      },
      get changeLog() {
        return log.newestFirst;
      },
      resolve: (path, setting) => configuration.resolve(path, setting),
      onChange(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      setLive(path, value, by) {
        const change = liveChange(path, value, by, systemClock.wall());
        const before = configuration.resolve(path);
        configuration.setLive(change);
        node.log(`${by} set ${path} to ${shown(change.value)} at ${change.at}; before: ${shown(before)}`);
        store.save(configuration.liveChanges);
        log.add({ path, from: before, to: change.value, by, at: change.at });
        changed();
      },
      resetLive(path, by) {
        const taken = configuration.resetLive(path);
        if (taken.length === 0) return;
        const at = new Date(systemClock.wall()).toISOString();
        for (const { path: one, value } of taken) {
          node.log(`${by} reset ${one} to ${source.name}`);
          log.add({ path: one, from: value, by, at });
        }
        store.save(configuration.liveChanges);
        changed();
      },
    };
    Object.defineProperties(node, Object.getOwnPropertyDescriptors(api));
    lend(node, new FeedService(feed, api));

    const stop = source.follow(load, complain, systemClock);
    node.on('close', (done: () => void) => {
      stop();
      listeners.clear();
      share(node, undefined);
      lend(node, undefined);
      void Promise.all([store.settled(), log.settled()]).then(() => done());
    });
  }

  RED.nodes.registerType('strand-config', ConfigNode);
}

/** Lets function and change nodes read the configuration in force, as a copy: `global.get('strandwatch')[id of this node]`. */
function share(node: Node, config: StrandWatchConfig | undefined): void {
  node.context().global.set(`strandwatch["${node.id}"]`, structuredClone(config));
}

/** Lets function nodes reach what the dashboards show: `global.get('strandwatchFeeds')[id of this node]`. */
function lend(node: Node, feed: FeedService | undefined): void {
  node.context().global.set(`strandwatchFeeds["${node.id}"]`, feed);
}

/** The result, or undefined after an error that must not stop the others; it is told. */
function attempt<T>(node: Node, act: () => T): T | undefined {
  try {
    return act();
  } catch (err) {
    node.error(asError(err).message);
    return undefined;
  }
}
