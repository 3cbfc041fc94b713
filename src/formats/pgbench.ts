import { byFirstLine, wholeText } from './first-line.ts'
import type { StreamFormat } from './format.ts'
import { readLines } from './lines.ts'
import { isPgbenchInterval, pgbenchIntervals } from './pgbench-intervals.ts'
import { isPgbenchTransaction, pgbenchLog } from './pgbench-log.ts'
import { readPgbenchReport } from './pgbench-report.ts'

/**
 * PostgreSQL's pgbench: the report that it prints, and its logs (`-l`), of which the first line tells whether it has
 * transactions or intervals. https://www.postgresql.org/docs/current/pgbench.html
 */
export const pgbench: StreamFormat = {
  name: 'pgbench',
  title: 'pgbench (report, -l log, --aggregate-interval log)',
  keeps: 'raw samples (-l); mean ± sd',
  detect(start) {
    if (/^pgbench: (?:error|fatal): /m.test(start)) return true
    if (/^transaction type: /m.test(start)) return /^scaling factor: /m.test(start)
    const [first = '', second = ''] = start.trimStart().split('\n', 2)
    return [isPgbenchTransaction, isPgbenchInterval].some(
      (is) => is(first) && (second === '' || is(second) || start.length === first.length + 1 + second.length),
    )
  },
  open: () =>
    readLines(
      byFirstLine((line) => {
        if (isPgbenchTransaction(line)) return pgbenchLog()
        return isPgbenchInterval(line) ? pgbenchIntervals() : wholeText(readPgbenchReport)
      }),
    ),
}
