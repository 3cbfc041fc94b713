import { merge, type Sampled } from '../core/distribution.ts'
import { type Content, FormatError } from './format.ts'
import { decodeHdr, NO_UNIT, withoutUnit } from './hdr-figures.ts'
import type { LineHandler } from './lines.ts'

const INTERVAL = /^(?:Tag=([^,]*),)?(\d+(?:\.\d+)?),(\d+(?:\.\d+)?),(\d+(?:\.\d+)?),(HIST[\w+/]+={0,2})$/
/** Histograms that wait to be merged: merging each alone would go over all buckets every time. */
const BATCH = 64
const MOST_TAGS = 10_000

/**
 * The interval log: the intervals of a tag are one distribution, and intervals without a tag are one that has no name.
 * The maximum in the third column is in a unit of the writer's and is passed over.
 */
export function hdrLog(): LineHandler {
  const series = new Map<string, Sampled[]>()
  return {
    line(text, number) {
      const line = text.trim()
      if (line === '' || line.startsWith('#') || line.startsWith('"StartTimestamp"')) return
      const found = INTERVAL.exec(line)
      if (found === null)
        throw new FormatError(
          number,
          `no interval of a histogram log: ${JSON.stringify(line.slice(0, 60))}`,
          'was the output cut short?',
        )
      const [, tag = '', , , most = '', payload = ''] = found
      let parts = series.get(tag)
      if (parts === undefined) {
        if (series.size === MOST_TAGS) throw new FormatError(number, `more than ${MOST_TAGS} tags`)
        parts = []
        series.set(tag, parts)
      }
      const histogram = decodeInterval(payload, Number(most), number)
      if (histogram !== undefined) parts.push(histogram)
      if (parts.length > BATCH) parts.splice(0, parts.length, merge(parts))
    },
    end: (): Content => ({
      results: [...series].map(([tag, parts]) =>
        parts.length === 0
          ? { benchmark: tag, status: 'failed', reason: 'nothing was recorded in its intervals' }
          : withoutUnit(tag, merge(parts)),
      ),
      warnings: [NO_UNIT],
    }),
  }
}

/** Undefined for an interval in which nothing was recorded: its maximum is 0, and its histogram empty. */
function decodeInterval(payload: string, most: number, line: number): Sampled | undefined {
  try {
    return decodeHdr(payload, line)
  } catch (error) {
    if (most === 0 && error instanceof FormatError) return undefined
    throw error
  }
}
