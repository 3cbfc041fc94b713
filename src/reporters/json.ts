/** The report for programs: the documented fields first and in their order, a record a line. */
import type { Report } from '../core/report.ts'

const REPORT = [
  'schema',
  'verdict',
  'failedBy',
  'comparisons',
  'budgets',
  'failures',
  'warnings',
  'environment',
  'distributions',
]

const RECORD = [
  ...[
    'benchmark',
    'metric',
    'statistic',
    'expression',
    'side',
    'status',
    'code',
    'message',
    'unit',
    'better',
  ],
  ...[
    'base',
    'head',
    'actual',
    'limit',
    'change',
    'difference',
    'interval',
    'confidence',
    'threshold',
    'judgedBy',
  ],
  ...['detectable', 'verdict', 'gating', 'reason', 'rounds', 'series'],
]

export function json(report: Report): string {
  const fields = ordered(report, REPORT).map(([key, value]) => {
    if (!Array.isArray(value) || value.length === 0 || typeof value[0] !== 'object') {
      const text = JSON.stringify(value, null, 2).replaceAll('\n', '\n  ')
      return `  ${JSON.stringify(key)}: ${text}`
    }
    const lines = value.map(
      (record: object) => `    ${JSON.stringify(Object.fromEntries(ordered(record, RECORD)))}`,
    )
    return `  ${JSON.stringify(key)}: [\n${lines.join(',\n')}\n  ]`
  })
  return `{\n${fields.join(',\n')}\n}\n`
}

/** Known keys in their order, then whatever else there is; undefined is no field. */
function ordered(record: object, keys: readonly string[]): [string, unknown][] {
  const rank = (key: string) => (keys.includes(key) ? keys.indexOf(key) : keys.length)
  return Object.entries(record)
    .filter(([, value]) => value !== undefined)
    .map((entry, at) => ({ entry, at }))
    .sort((a, b) => rank(a.entry[0]) - rank(b.entry[0]) || a.at - b.at)
    .map(({ entry }) => entry)
}
