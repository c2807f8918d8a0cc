/** The widgets of both dashboards: custom elements without a framework. A template imports this and hands itself over. */
import { SwAlarmPanel } from './sw-alarm-panel.js';
import { SwBar } from './sw-bar.js';
import { SwCast } from './sw-cast.js';
import { SwExplanation } from './sw-explanation.js';
import { SwHealth } from './sw-health.js';
import { SwModelComparison } from './sw-model-comparison.js';
import { SwOverlay } from './sw-overlay.js';
import { SwPlayer } from './sw-player.js';
import { SwRiskChart } from './sw-risk-chart.js';
import { SwSettings } from './sw-settings.js';
import { SwStrands } from './sw-strands.js';
import { SwTrends } from './sw-trends.js';
import { store } from './store.js';

export { dashboard1, dashboard2, plainPage } from './hosts.js';

const ELEMENTS: Readonly<Record<string, CustomElementConstructor>> = {
  'sw-alarm-panel': SwAlarmPanel,
  'sw-bar': SwBar,
  'sw-cast': SwCast,
  'sw-explanation': SwExplanation,
  'sw-health': SwHealth,
  'sw-model-comparison': SwModelComparison,
  'sw-overlay': SwOverlay,
  'sw-player': SwPlayer,
  'sw-risk-chart': SwRiskChart,
  'sw-settings': SwSettings,
  'sw-strands': SwStrands,
  'sw-trends': SwTrends,
};

for (const [name, element] of Object.entries(ELEMENTS))
  if (customElements.get(name) === undefined) customElements.define(name, element);

/** The login in front of the pages, where there is one, names the operator. */
const whoami = new URL('whoami', import.meta.url);
void fetch(whoami)
  .then(async (answer) => ((await answer.json()) as { user: string | null }).user)
  .then((user) => store.setLogin(user))
  .catch(() => undefined);
