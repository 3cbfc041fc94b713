import { readByteLines } from './byte-lines.ts'
import type { StreamFormat } from './format.ts'
import { k6ByteLines } from './k6-bytes.ts'
import { isK6CsvHeader, k6Csv } from './k6-csv.ts'
import { k6Points } from './k6-points.ts'
import { readK6Summary } from './k6-summary.ts'
import { isK6Text, readK6Text } from './k6-text.ts'
import { type LineHandler, readLines } from './lines.ts'
import { outlineOf } from './outline.ts'
import { chosenBy, wholeText } from './whole-text.ts'

/**
 * k6: the stream of points that `--out json` and `--out csv` write, the summaries of
 * `--summary-export` and `handleSummary`, and what it prints.
 * https://grafana.com/docs/k6/latest/results-output/
 */
export const k6: StreamFormat = {
  name: 'k6',
  title: 'k6 (--out json, --out csv, --summary-export, handleSummary, --new-machine-readable-summary, text)',
  keeps: 'raw samples (--out); percentiles (summaries)',
  detect(start) {
    if (isK6CsvHeader(start) || isK6Text(start)) return true
    const outline = outlineOf(start)
    if (outline.root !== 'object') return false
    const type = outline.text('type')
    if (outline.has('type', 'data', 'metric') && (type === 'Metric' || type === 'Point')) return true
    if (outline.has('results.metrics[].contains', 'config.execution')) return true
    if (outline.has('root_group') || outline.has('options.summaryTrendStats')) return true
    return [...SURE_METRICS].some((name) => outline.has(`metrics.${name}`))
  },
  open: () =>
    chosenBy((head) => {
      if (isK6CsvHeader(head)) return readLines(k6Csv())
      if (isK6Text(head)) return wholeText(readK6Text)
      return arePoints(head) ? readLines(pointLines()) : wholeText(readK6Summary)
    }),
  openBytes: (start, decode) =>
    outlineOf(start).has('type', 'data') ? readByteLines(k6ByteLines(decode)) : undefined,
}

function pointLines(): LineHandler {
  const points = k6Points()
  return {
    line: (text, number) => void points.line(text, number),
    end: (lines) => points.end(lines),
  }
}

/** Points are one object a line, a summary is one object over many lines or in one. */
function arePoints(head: string): boolean {
  const outline = outlineOf(head)
  return outline.has('type', 'data') || outline.root !== 'object'
}

/** In every summary of a run with requests or iterations, whatever the version. */
const SURE_METRICS: readonly string[] = ['http_req_duration', 'iteration_duration', 'iterations', 'http_reqs']
