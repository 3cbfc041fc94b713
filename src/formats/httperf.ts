import type { Resolution } from '../core/result.ts'
import { closedLoop } from './closed-loop.ts'
import { figure } from './csv.ts'
import type { TextFormat } from './format.ts'
import { find, need, oneRun } from './found.ts'
import { resultsOfLoad } from './load-figures.ts'
import { result, told } from './measured.ts'

const MILLISECOND = 1e6
const MEDIAN: Resolution = { absolute: MILLISECOND, because: 'a median in steps of 1 ms' }

/** httperf's text. Its times are of connections, which are requests only with `--num-calls=1`. https://github.com/httperf/httperf */
export const httperf: TextFormat = {
  name: 'httperf',
  title: 'httperf (text)',
  keeps: 'min, median, mean ± sd, max of connections; mean of replies',
  detect: (start) =>
    /^httperf --/m.test(start) || /^Total: connections \d+ requests \d+ replies \d+/m.test(start),
  parse(text) {
    const command = find(text, /^(httperf --.*)$/m)?.cells[0] ?? ''
    oneRun(text, /^Total: connections /)
    const totals = row(
      text,
      /^Total: connections (\d+) requests (\d+) replies (\d+) test-duration /m,
      'Total',
    )
    const [, asked = 0, replied = 0] = totals.values
    const status = row(
      text,
      /^Reply status: 1xx=(\d+) 2xx=(\d+) 3xx=(\d+) 4xx=(\d+) 5xx=(\d+)$/m,
      'Reply status',
    )
    const errors = row(text, /^Errors: total (\d+) /m, 'Errors')
    // The last line: without it the output was cut.
    need(text, /^Errors: fd-unavail \d+ .* other \d+$/m, 'the second line of errors')

    // A connection that broke has an error and no reply; one that was refused has not even a request.
    const total = Math.max(asked, replied + errors.values[0]!)
    const failed = total - replied + status.values[3]! + status.values[4]!
    const connection = row(
      text,
      /^Connection time \[ms\]: min (\S+) avg (\S+) max (\S+) median (\S+) stddev (\S+)$/m,
      'Connection time',
    )
    const [min, mean, max, p50, sd] = connection.values
    const times = told({ min, mean, max, sd, quantiles: { p50 } }, MILLISECOND)
    const reply = row(text, /^Reply time \[ms\]: response (\S+) transfer (\S+)$/m, 'Reply time')
    const response = told({ mean: reply.values[0]! + reply.values[1]! }, MILLISECOND)
    const single = /(?: |^)--num-calls=1(?: |$)/.test(command)
    const beside = single
      ? result('', 'reply time', 'ns', response, { primary: false })
      : result('', 'connection time', 'ns', times, { primary: false, resolution: MEDIAN })
    return {
      results: resultsOfLoad({
        benchmark: '',
        latency: single ? times : response,
        resolution: single ? MEDIAN : { absolute: 1e5, because: 'tenths of a millisecond' },
        // The reply rate is sampled every 5 s, and reads 0 in a shorter run.
        throughput: row(text, /^Request rate: (\S+) req\/s /m, 'Request rate').values[0],
        requests: { failed, total },
        at: totals.line,
        beside: [beside],
      }),
      warnings: /--rate=(?!0(?:\.0*)? )/.test(command) ? [] : [closedLoop('httperf')],
    }
  },
}

function row(text: string, pattern: RegExp, what: string): { values: readonly number[]; line: number } {
  const found = need(text, pattern, what)
  return { values: found.cells.map((cell) => figure(cell, found.line, what)), line: found.line }
}
