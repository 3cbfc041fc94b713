/** Every reporter that makes one file of a report: a new one is a file and a line here. */
import type { Report } from '../core/report.ts'
import { csv } from './csv.ts'
import { html } from './html.ts'
import { json } from './json.ts'
import { junit } from './junit.ts'
import { markdown } from './markdown.ts'
import { openMetrics } from './open-metrics.ts'
import { results } from './results.ts'
import { terminal } from './terminal.ts'

export interface Reporter {
  readonly name: string
  readonly extension: string
  /** Its file in the folder of `--report DIR`. */
  readonly file: string
  readonly render: (report: Report) => string
}

export const reporters: readonly Reporter[] = [
  { name: 'html', extension: 'html', file: 'report.html', render: (report) => html(report) },
  { name: 'json', extension: 'json', file: 'report.json', render: json },
  { name: 'results', extension: 'md', file: 'RESULTS.md', render: results },
  { name: 'markdown', extension: 'md', file: 'comment.md', render: (report) => markdown(report) },
  {
    name: 'terminal',
    extension: 'txt',
    file: 'report.txt',
    render: (report) => terminal(report, { color: false, width: 100 }),
  },
  { name: 'junit', extension: 'xml', file: 'junit.xml', render: junit },
  { name: 'open-metrics', extension: 'txt', file: 'metrics.txt', render: openMetrics },
  { name: 'csv', extension: 'csv', file: 'quantiles.csv', render: csv },
]
