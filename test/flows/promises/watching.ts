import { get, matches, now, num, some, told, type ExamplePromise } from './promise.js';

export const watching: Readonly<Record<string, readonly ExamplePromise[]>> = {
  '09-watch-performance': [
    {
      says: 'tells latency, rates, memory and health every 5 s',
      at: 'sw09-snapshot',
      kept: some(
        (figures) =>
          get(figures, 'health', 'status') === 'healthy' &&
          num(figures, 'rates', 'readingsPerSecond') > 0 &&
          get(figures, 'latency') !== undefined &&
          get(figures, 'process') !== undefined,
      ),
    },
    {
      says: 'at once when status is clicked',
      click: 'sw09-status',
      at: 'sw09-snapshot',
      kept: some((figures) => get(figures, 'health', 'status') === 'healthy'),
    },
    {
      says: 'open /strandwatch/metrics',
      at: '/strandwatch/metrics',
      kept: some(matches(/^strandwatch_readings_total\S* [1-9]/m)),
    },
    { says: '/strandwatch/health', at: '/strandwatch/health', kept: some(matches(/"status":"healthy"/)) },
  ],
  '10-show-a-strand': [
    { says: 'open /strandwatch-demo', at: '/strandwatch-demo', kept: some(matches(/<sw-trends>/)) },
    { says: 'serves the widgets', at: '/strandwatch/widgets.js', kept: some(matches(/sw-trends/)) },
  ],
  '18-warn-when-unhealthy': [
    {
      says: 'lets a change of the status pass',
      at: 'sw18-health',
      kept: some((health) => get(health, 'status') === 'healthy'),
    },
    ...[1, 2, 3].map((): ExamplePromise => ({
      says: 'click nonsense three times',
      click: 'sw18-nonsense',
      at: '/strandwatch/health',
      kept: () => true,
    })),
    {
      says: 'health turns degraded and says why',
      at: 'sw18-health',
      kept: now((health) => get(health, 'status') === 'degraded' && told(get(health, 'reasons'), 'errors')),
    },
  ],
};
