/** Every quantile of every distribution as a table: one row a quantile, in base units. */
import type { DistributionPlot, Report } from '../core/report.ts'
import { plain } from './escape.ts'

const HEADER = ['benchmark', 'metric', 'unit', 'side', 'operations', 'quantile', 'value']

export function csv(report: Report): string {
  const rows = report.distributions.flatMap((plot) => [...side(plot, 'base'), ...side(plot, 'head')])
  return `${[HEADER, ...rows].map((row) => row.map(field).join(',')).join('\n')}\n`
}

function side(plot: DistributionPlot, name: 'base' | 'head'): (string | number)[][] {
  const operations = plot.count[name] ?? ''
  return (plot[name] ?? []).map(([share, value]) => [
    plot.benchmark,
    plot.metric,
    plot.unit,
    name,
    operations,
    share,
    value,
  ])
}

/** As RFC 4180 quotes. Text that a spreadsheet would take for a formula gets an apostrophe before it. */
function field(value: string | number): string {
  if (typeof value === 'number') return String(value)
  const shown = plain(value, 500)
  const inert = /^[=+\-@]/.test(shown) ? `'${shown}` : shown
  return /[",\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert
}
