/** Which way is good. */
export type Better = 'lower' | 'higher'

/** A figure in a base unit. */
export interface Tidied {
  readonly value: number
  readonly unit: string
}

/** Base units and what belongs to them: the way that is good, and whether a figure is an exact count. */
const BASE: Readonly<Record<string, { better: Better | undefined; exact: boolean }>> = {
  ns: { better: 'lower', exact: false },
  B: { better: 'lower', exact: true },
  '1/s': { better: 'higher', exact: false },
  'B/s': { better: 'higher', exact: false },
  ratio: { better: undefined, exact: false },
  count: { better: undefined, exact: true },
}

/** Every spelling that tools use: [base unit, factor]. Case matters (`Ms` is not `ms`; `MB` is not `Mb`). */
const SPELLINGS: Readonly<Record<string, readonly [unit: string, factor: number]>> = {
  ps: ['ns', 1e-3],
  ns: ['ns', 1],
  nsec: ['ns', 1],
  nanoseconds: ['ns', 1],
  us: ['ns', 1e3],
  µs: ['ns', 1e3], // U+00B5 micro sign
  μs: ['ns', 1e3], // U+03BC Greek mu
  usec: ['ns', 1e3],
  microseconds: ['ns', 1e3],
  ms: ['ns', 1e6],
  msec: ['ns', 1e6],
  milliseconds: ['ns', 1e6],
  s: ['ns', 1e9],
  sec: ['ns', 1e9],
  second: ['ns', 1e9],
  seconds: ['ns', 1e9],
  m: ['ns', 60e9],
  min: ['ns', 60e9],
  h: ['ns', 3600e9],
  B: ['B', 1],
  byte: ['B', 1],
  bytes: ['B', 1],
  kB: ['B', 1e3],
  KB: ['B', 1e3],
  MB: ['B', 1e6],
  GB: ['B', 1e9],
  TB: ['B', 1e12],
  KiB: ['B', 2 ** 10],
  MiB: ['B', 2 ** 20],
  GiB: ['B', 2 ** 30],
  TiB: ['B', 2 ** 40],
  '1/s': ['1/s', 1],
  '/s': ['1/s', 1],
  'ops/s': ['1/s', 1],
  'op/s': ['1/s', 1],
  'ops/sec': ['1/s', 1],
  'req/s': ['1/s', 1],
  'requests/s': ['1/s', 1],
  rps: ['1/s', 1],
  Hz: ['1/s', 1],
  hz: ['1/s', 1],
  kHz: ['1/s', 1e3],
  'B/s': ['B/s', 1],
  'kB/s': ['B/s', 1e3],
  'KB/s': ['B/s', 1e3],
  'MB/s': ['B/s', 1e6],
  'GB/s': ['B/s', 1e9],
  'KiB/s': ['B/s', 2 ** 10],
  'MiB/s': ['B/s', 2 ** 20],
  'GiB/s': ['B/s', 2 ** 30],
  ratio: ['ratio', 1],
  '%': ['ratio', 0.01],
  percent: ['ratio', 0.01],
  count: ['count', 1],
  '': ['count', 1],
}

/** Units that budgets and scripts may use, for messages. */
export const KNOWN_UNITS: readonly string[] = Object.keys(SPELLINGS).filter((name) => name !== '')

/** Whether the spelling has a base unit. */
export function isKnownUnit(spelling: string): boolean {
  return Object.hasOwn(SPELLINGS, spelling)
}

/**
 * A figure in its base unit. A unit that nobody knows (`points`, `cache-hit%`) is kept as it is: it can be compared
 * with itself.
 */
export function tidy(value: number, spelling: string): Tidied {
  const known = Object.hasOwn(SPELLINGS, spelling) ? SPELLINGS[spelling] : undefined
  if (known === undefined) return { value, unit: spelling }
  return { value: value * known[1], unit: known[0] }
}

/** The factor from a spelling to its base unit, for tools that write many figures of one unit. */
export function factorOf(spelling: string): number {
  return tidy(1, spelling).value
}

/** The way that is good for a base unit; undefined where the unit alone does not tell (a ratio, a count). */
export function betterOfUnit(unit: string): Better | undefined {
  return Object.hasOwn(BASE, unit) ? BASE[unit]?.better : undefined
}

/** Metrics whose name tells what is good although their unit does not. */
const BETTER_OF_METRIC: Readonly<Record<string, Better>> = {
  latency: 'lower',
  error_rate: 'lower',
  errors: 'lower',
  throughput: 'higher',
  'memory.peak': 'lower',
  'memory.end': 'lower',
  'memory.growth': 'lower',
  'cpu.mean': 'lower',
  'cpu.peak': 'lower',
  recovery: 'lower',
  recovered: 'higher',
  detect: 'lower',
  fault_errors: 'lower',
  data_loss: 'lower',
  'alert.delay': 'lower',
  availability: 'higher',
  size: 'lower',
}

/** The way that is good by metric name first, then by unit; undefined: must be asked for. */
export function betterOf(metric: string, unit: string): Better | undefined {
  const named = Object.hasOwn(BETTER_OF_METRIC, metric) ? BETTER_OF_METRIC[metric] : undefined
  return named ?? betterOfUnit(unit)
}

/** Counts and bytes are compared exactly when they do not vary: a noise test has nothing to say about them. */
export function isExactUnit(unit: string): boolean {
  return Object.hasOwn(BASE, unit) && BASE[unit]?.exact === true
}
