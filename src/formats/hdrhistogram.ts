import { byFirstLine, wholeText } from './first-line.ts'
import type { StreamFormat } from './format.ts'
import { loadHistograms, readHdrBase64 } from './hdr-figures.ts'
import { hdrLog } from './hdr-log.ts'
import { isHdrTable, readHdrTable } from './hdr-table.ts'
import { readLines } from './lines.ts'

const BASE64 = /^HISTF[\w+/=\s]*$/
const INTERVAL = /^(?:Tag=[^,\n]*,)?[\d.]+,[\d.]+,[\d.]+,HIST/m

/**
 * What every HdrHistogram writes: the percentile distribution (`.hgrm`, text and CSV), one histogram in V2 compressed
 * base64, and the interval log (`.hlog`). None of them says its unit. https://hdrhistogram.github.io/HdrHistogram/
 */
export const hdrhistogram: StreamFormat = {
  name: 'hdrhistogram',
  title: 'HdrHistogram (.hgrm, .hlog, V2 base64)',
  keeps: 'histogram; percentiles (.hgrm)',
  detect: (start) =>
    isHdrTable(start.trimStart()) ||
    BASE64.test(start.trimStart()) ||
    /^#\[Histogram log format version/m.test(start) ||
    INTERVAL.test(start),
  prepare: loadHistograms,
  open: () =>
    readLines(
      byFirstLine((line) => {
        if (isHdrTable(line.trimStart())) return wholeText(readHdrTable)
        return /^\s*HISTF/.test(line) ? wholeText((lines) => readHdrBase64(lines.join('\n'))) : hdrLog()
      }),
    ),
}
