import { type Content, FormatError, type Reader, type StreamFormat } from './format.ts'
import { isK6CsvHeader, k6Csv } from './k6-csv.ts'
import { k6Points } from './k6-points.ts'
import { readK6Summary } from './k6-summary.ts'
import { readLines } from './lines.ts'
import { outlineOf } from './outline.ts'
import { tidyText } from './parse.ts'

/** A summary is small; what is larger is something else. */
const LARGEST_SUMMARY = 64 * 2 ** 20

/**
 * k6: the stream of points that `--out json` and `--out csv` write, and the summaries of `--summary-export` and `handleSummary`.
 * https://grafana.com/docs/k6/latest/results-output/
 */
export const k6: StreamFormat = {
  name: 'k6',
  title: 'k6 (--out json, --out csv, --summary-export, handleSummary)',
  keeps: 'raw samples (--out); percentiles (summaries)',
  detect(start) {
    if (isK6CsvHeader(start)) return true
    const outline = outlineOf(start)
    if (outline.root !== 'object') return false
    const type = outline.text('type')
    if (outline.has('type', 'data', 'metric') && (type === 'Metric' || type === 'Point')) return true
    if (outline.has('root_group') || outline.has('options.summaryTrendStats')) return true
    return [...SURE_METRICS].some((name) => outline.has(`metrics.${name}`))
  },
  open() {
    let reader: Reader | undefined
    let head = ''
    return {
      push(piece) {
        if (reader !== undefined) return reader.push(piece)
        head += piece
        const line = head.slice(0, 65536).trimStart()
        if (!line.includes('\n') && head.length < 65536) return
        reader = open(head)
        reader.push(head)
        head = ''
      },
      end() {
        if (reader === undefined) {
          reader = open(head)
          reader.push(head)
        }
        return reader.end()
      },
    }
  },
}

/** In every summary of a run with requests or iterations, whatever the version. */
const SURE_METRICS: readonly string[] = ['http_req_duration', 'iteration_duration', 'iterations', 'http_reqs']

/** Points are one object a line, a summary is one object over many lines or in one. */
function open(head: string): Reader {
  if (isK6CsvHeader(head.replace(/^\uFEFF/, ''))) return readLines(k6Csv())
  const outline = outlineOf(head.slice(0, 65536).replace(/^\uFEFF/, ''))
  return outline.has('type', 'data') || outline.root !== 'object' ? readLines(k6Points()) : summary()
}

function summary(): Reader {
  let text = ''
  return {
    push(piece) {
      text += piece
      if (text.length > LARGEST_SUMMARY) throw new FormatError(undefined, 'the summary is larger than 64 MiB')
    },
    end: (): Content => readK6Summary(tidyText(text)),
  }
}
