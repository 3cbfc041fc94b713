import type { StreamFormat } from './format.ts'
import { readLines } from './lines.ts'
import { outlineOf } from './outline.ts'
import { readVegetaPlot, readVegetaReport, readVegetaText } from './vegeta-report.ts'
import { vegetaCsv, vegetaJson } from './vegeta-requests.ts'
import { chosenBy, endedLines, wholeText } from './whole-text.ts'

const CSV = /^\d{16,19},\d{1,3},\d+,\d+,\d+,/
const TEXT = /^Requests +\[total, rate(?:, throughput)?\] /m
const PLOT = /^Value\(ms\) +Percentile +TotalCount +1\/\(1-Percentile\)$/m

/** vegeta: every request of `encode` (json, csv), and `report` (json, text, hdrplot). https://github.com/tsenart/vegeta */
export const vegeta: StreamFormat = {
  name: 'vegeta',
  title: 'vegeta (encode -to json/csv, report json/text/hdrplot)',
  keeps: 'raw samples (encode); estimated percentiles (report)',
  detect(start) {
    const outline = outlineOf(start)
    if (outline.root === 'object')
      return outline.has('attack', 'seq', 'latency') || outline.has('latencies', 'status_codes', 'success')
    return CSV.test(start) || TEXT.test(start) || PLOT.test(start)
  },
  open: () =>
    chosenBy((head) => {
      if (CSV.test(head)) return endedLines(vegetaCsv())
      if (PLOT.test(head)) return wholeText(readVegetaPlot)
      if (TEXT.test(head)) return wholeText(readVegetaText)
      return outlineOf(head).has('latencies') ? wholeText(readVegetaReport) : readLines(vegetaJson())
    }),
}
