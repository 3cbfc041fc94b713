import { tidy } from '../core/unit.ts'
import type { GoogleRow } from './google-csv.ts'
import { type Json, parseJson } from './json.ts'

/** The keys that the tool itself writes; whatever other number stands beside them is a counter of the user's. */
const STANDARD: ReadonlySet<string> = new Set([
  ...[
    'name',
    'run_name',
    'run_type',
    'family_index',
    'per_family_instance_index',
    'repetitions',
    'repetition_index',
  ],
  ...[
    'threads',
    'iterations',
    'real_time',
    'cpu_time',
    'time_unit',
    'label',
    'error_occurred',
    'error_message',
  ],
  ...[
    'skipped',
    'skip_message',
    'aggregate_name',
    'aggregate_unit',
    'cpu_coefficient',
    'real_coefficient',
    'big_o',
    'rms',
  ],
  ...['allocs_per_iter', 'max_bytes_used', 'total_allocated_bytes', 'net_heap_growth'],
])

/** The rows of the JSON, but for those of fitted complexity (BigO, RMS), which are no times. */
export function readGoogleJson(text: string): GoogleRow[] {
  return parseJson(text)
    .at('benchmarks')
    .array()
    .flatMap((row) => readRow(row) ?? [])
}

function readRow(row: Json): GoogleRow | undefined {
  const name = (row.get('run_name') ?? row.at('name')).string()
  const aggregate =
    row.get('run_type')?.string() === 'aggregate' ? row.at('aggregate_name').string() : undefined
  if (aggregate === 'BigO' || aggregate === 'RMS') return undefined
  const skipped = row.get('skipped')
  if (
    row.get('error_occurred')?.boolean() === true ||
    (skipped !== undefined && !(skipped.isString && skipped.string() === ''))
  )
    return {
      name,
      figures: new Map(),
      stopped: {
        status: row.get('error_occurred')?.boolean() === true ? 'failed' : 'skipped',
        reason:
          (row.get('error_message') ?? row.get('skip_message'))?.string().slice(0, 500) ??
          'it gives no reason',
      },
    }
  // Of a coefficient of variation the unit is a ratio, and it is not used.
  const { value: factor } = tidy(1, row.get('time_unit')?.string() ?? 'ns')
  const figures = new Map<string, number>()
  for (const time of ['real_time', 'cpu_time']) {
    const told = row.get(time)
    if (told !== undefined) figures.set(time, told.amount() * factor)
  }
  for (const [key, value] of row.entries())
    if (!STANDARD.has(key) && value.isNumber) figures.set(key, value.number())
  return {
    name,
    figures,
    ...(aggregate === undefined ? {} : { aggregate, repetitions: row.at('iterations').count() }),
  }
}
