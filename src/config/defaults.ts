/** What stands where a config says nothing, as people would write it. The config's own schema reads it. */
export const DEFAULTS = {
  threshold: '5%',
  statistics: ['p50', 'p95', 'p99'],
  compare: 'auto',
  rounds: { min: 6, max: 30, warmup: 1 },
  'false-alarms': '1%',
  time: '10m',
  'build-timeout': '30m',
  carry: [],
  baseline: { store: 'cache', keep: 30, release: false },
  'fail-on': ['regression', 'budget', 'missing', 'error'],
  format: 'auto',
  profile: false,
  timeout: '10m',
  within: '30s',
  grace: '5s',
  ports: ['PORT'],
  every: '200ms',
  patience: '5s',
  tolerance: '100%',
} as const

/** `compare: none` has nothing to decide: once will do. */
export const ROUNDS_OF_NONE = { min: 1, warmup: 0 } as const
