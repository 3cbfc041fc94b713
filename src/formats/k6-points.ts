import { type Content, FormatError } from './format.ts'
import { type Json, parseJsonLine } from './json.ts'
import { type K6Metric, resultsOfK6 } from './k6-metrics.ts'
import type { LineHandler } from './lines.ts'
import { Tally } from './tally.ts'

const MILLISECOND = 1e6
const MOST_METRICS = 10_000

/** One metric of the stream, as its `Metric` line declared it. */
interface Declared {
  readonly name: string
  readonly type: string
  readonly contains: string
  readonly tally: Tally
  /** Points that were not 0, for a rate. */
  yes: number
  /** Of a gauge. */
  latest: number
}

/** Reads the points of `--out json`: one object a line, either the declaration of a metric or one value of it. */
export function k6Points(): LineHandler {
  const metrics = new Map<string, Declared>()
  const clock = { first: Number.POSITIVE_INFINITY, last: Number.NEGATIVE_INFINITY }

  const point = (metric: string, value: number, time: string, number: number) => {
    const known = metrics.get(metric)
    if (known === undefined)
      throw new FormatError(
        number,
        `a point of ${JSON.stringify(metric.slice(0, 60))}, which no line before declares`,
        'was the beginning cut off?',
      )
    if (!Number.isFinite(value)) throw new FormatError(number, '"value" is not a finite number')
    if (known.type === 'gauge') known.latest = value
    else if (value < 0) {
      if (known.contains === 'time' || known.type !== 'trend')
        throw new FormatError(number, '"value" is negative')
    }
    known.tally.add(value)
    if (value !== 0) known.yes++
    if (metric === 'http_reqs' || metric === 'iterations') {
      const at = secondsOf(time, number)
      if (at < clock.first) clock.first = at
      if (at > clock.last) clock.last = at
    }
  }

  return {
    line(text, number) {
      if (readFast(text, number, point) || text === '') return
      if (text.trim() === '') return
      const line = parseJsonLine(text, number)
      const type = line.at('type').string()
      if (type === 'Point') {
        const data = line.at('data')
        point(line.at('metric').string(), data.at('value').number(), data.at('time').string(), number)
      } else if (type === 'Metric') declare(line, number, metrics)
      else throw line.at('type').wrong('"Metric" or "Point"')
    },
    end: (): Content => ({
      results: resultsOfK6(
        [...metrics.values()].flatMap((metric) => figuresOf(metric, clock.last - clock.first)),
      ),
    }),
  }
}

const HEAD = '{"metric":"'
const MIDDLE = '","type":"Point","data":{"time":"'
const VALUE = '","value":'

/**
 * The line exactly as k6 writes it, without making objects of its tags; false where anything is otherwise, and then
 * the whole line is parsed. What is skipped over is not looked into.
 */
function readFast(
  text: string,
  number: number,
  point: (metric: string, value: number, time: string, number: number) => void,
): boolean {
  if (!text.startsWith(HEAD) || !text.endsWith('}}')) return false
  const nameEnd = text.indexOf('"', HEAD.length)
  if (!text.startsWith(MIDDLE, nameEnd)) return false
  const name = text.slice(HEAD.length, nameEnd)
  const timeStart = nameEnd + MIDDLE.length
  const timeEnd = text.indexOf('"', timeStart)
  if (!text.startsWith(VALUE, timeEnd) || name.includes('\\')) return false
  const valueStart = timeEnd + VALUE.length
  const valueEnd = text.indexOf(',', valueStart)
  if (!text.startsWith(',"tags":{', valueEnd)) return false
  const value = text.slice(valueStart, valueEnd)
  if (!NUMBER.test(value)) return false
  point(name, Number(value), text.slice(timeStart, timeEnd), number)
  return true
}

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/

function declare(line: Json, number: number, metrics: Map<string, Declared>): void {
  const data = line.at('data')
  const name = data.at('name').string()
  const type = data.at('type').string()
  if (!TYPES.includes(type)) throw data.at('type').wrong(TYPES.join(', '))
  if (metrics.size >= MOST_METRICS) throw new FormatError(number, `more than ${MOST_METRICS} metrics`)
  // A stream that was appended to declares its metrics again.
  if (!metrics.has(name))
    metrics.set(name, {
      name,
      type,
      contains: data.get('contains')?.string() ?? 'default',
      tally: new Tally(),
      yes: 0,
      latest: 0,
    })
}

const TYPES: readonly string[] = ['counter', 'gauge', 'rate', 'trend']

/** A metric that was declared and has no point says nothing. */
function figuresOf(metric: Declared, seconds: number): K6Metric[] {
  const { name, type, tally } = metric
  if (tally.count === 0) return []
  if (type === 'rate') return [{ name, figures: { type: 'rate', true: metric.yes, total: tally.count } }]
  if (type === 'gauge') return [{ name, figures: { type: 'gauge', value: metric.latest } }]
  if (type === 'trend') {
    const time = metric.contains === 'time'
    return [{ name, figures: { type: 'trend', time, data: tally.distribution(time ? MILLISECOND : 1)! } }]
  }
  return [
    {
      name,
      figures: {
        type: 'counter',
        count: tally.sum,
        data: metric.contains === 'data',
        ...(seconds > 0 ? { perSecond: tally.sum / seconds } : {}),
      },
    },
  ]
}

let minute = ''
let minuteSeconds = 0

/** Seconds since 1970 of an RFC 3339 time; the minute is kept, as most points share it with the one before. */
function secondsOf(time: string, number: number): number {
  const [, head = '', seconds = '', zone = ''] = TIME.exec(time) ?? []
  const key = head + zone
  if (key !== minute || key === '') {
    minuteSeconds = Date.parse(`${head}:00${zone}`) / 1000
    if (!Number.isFinite(minuteSeconds))
      throw new FormatError(number, `"time" is no time: ${JSON.stringify(time.slice(0, 60))}`)
    minute = key
  }
  return minuteSeconds + Number(seconds)
}

const TIME = /^(\d{4}-\d\d-\d\dT\d\d:\d\d):(\d\d(?:\.\d{1,12})?)(Z|[+-]\d\d:\d\d)$/
