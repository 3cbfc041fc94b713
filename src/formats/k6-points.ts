import { type Content, FormatError } from './format.ts'
import { type Json, parseJsonLine } from './json.ts'
import { builtInK6, type K6Metric, resultsOfK6 } from './k6-metrics.ts'
import { rfc3339Seconds } from './rfc3339.ts'
import { Tally } from './tally.ts'

const MILLISECOND = 1e6
const MOST_METRICS = 10_000
const MOST_PARTS = 1000

/** A metric of the stream, as its `Metric` line declared it, and its points so far. */
export interface Point {
  readonly name: string
  readonly type: string
  readonly contains: string
  /** Whether the times of its points are needed: what is counted per second. */
  readonly timed: boolean
  readonly tally: Tally
  /** Points that were not 0, for a rate. */
  yes: number
  /** Of a gauge. */
  latest: number
  /** Sub-metrics that a threshold made: what of the points has all these tags. */
  readonly parts: readonly { readonly tags: readonly (readonly [string, string])[]; readonly point: Point }[]
}

/** Gathers the points of `--out json`: one object a line, either the declaration of a metric or one value of it. */
export function k6Points() {
  const metrics = new Map<string, Point>()
  let first = Number.POSITIVE_INFINITY
  let last = Number.NEGATIVE_INFINITY

  const add = (metric: Point, value: number, number: number): void => {
    if (metric.type === 'gauge') metric.latest = value
    else if (value < 0 && (metric.contains === 'time' || metric.type !== 'trend'))
      throw new FormatError(number, '"value" is negative')
    metric.tally.add(value)
    if (value !== 0) metric.yes++
  }
  const seen = (seconds: number): void => {
    if (seconds < first) first = seconds
    if (seconds > last) last = seconds
  }

  return {
    /** One more point. Throws FormatError where its metric cannot be negative and it is. */
    add,
    /** When a point of a timed metric was, in seconds since 1970. */
    seen,
    /** Any line, parsed as JSON; answers the metric that it declares or is a point of. Throws FormatError. */
    line(text: string, number: number): Point | undefined {
      if (text.trim() === '') return undefined
      const line = parseJsonLine(text, number)
      const type = line.at('type').string()
      if (type === 'Metric') return declare(line, number, metrics)
      if (type !== 'Point') throw line.at('type').wrong('"Metric" or "Point"')
      const name = line.at('metric').string()
      const metric = metrics.get(name) ?? undeclared(name, metrics)
      if (metric === undefined)
        throw new FormatError(
          number,
          `a point of ${JSON.stringify(name.slice(0, 60))}, which no line before declares`,
          'was the beginning cut off?',
        )
      const data = line.at('data')
      const value = data.at('value').number()
      add(metric, value, number)
      const tags = metric.parts.length === 0 ? undefined : data.get('tags')
      for (const part of metric.parts)
        if (part.tags.every(([key, wanted]) => tags?.get(key)?.string() === wanted))
          add(part.point, value, number)
      if (metric.timed) {
        const time = data.at('time')
        const seconds = rfc3339Seconds(time.string())
        if (seconds === undefined) throw time.wrong('a time')
        seen(seconds)
      }
      return metric
    },
    end(_lines: number): Content {
      return {
        results: resultsOfK6(
          [...metrics.values()]
            .flatMap((metric) => [metric, ...metric.parts.map((part) => part.point)])
            .flatMap((metric) => figuresOf(metric, last - first)),
        ),
      }
    },
  }
}

/** What is counted per second, and so needs to know when. */
const TIMED: readonly string[] = ['http_reqs', 'iterations']
const TYPES: readonly string[] = ['counter', 'gauge', 'rate', 'trend']

/** A stream that was appended to declares its metrics again. */
function declare(line: Json, number: number, metrics: Map<string, Point>): Point {
  const data = line.at('data')
  const name = data.at('name').string()
  const type = data.at('type').string()
  if (!TYPES.includes(type)) throw data.at('type').wrong(TYPES.join(', '))
  const known = metrics.get(name)
  if (known !== undefined) return known
  if (metrics.size >= MOST_METRICS) throw new FormatError(number, `more than ${MOST_METRICS} metrics`)
  const contains = data.get('contains')?.string() ?? 'default'
  const submetrics = data.get('submetrics')?.array() ?? []
  if (submetrics.length > MOST_PARTS) throw new FormatError(number, `more than ${MOST_PARTS} sub-metrics`)
  const parts = submetrics.flatMap((part) => {
    const label = part.at('name').string()
    // Every run has it, and a request that failed is told by the error rate.
    if (label === `${name}{expected_response:true}`) return []
    const tags = part.get('tags')?.entries() ?? []
    return [
      {
        tags: tags.map(([key, value]) => [key, value.string()] as const),
        point: newPoint(label, type, contains, []),
      },
    ]
  })
  const metric = newPoint(name, type, contains, parts)
  metrics.set(name, metric)
  return metric
}

/** A part of a stream has no declarations: of k6's own metrics it is known what they are. */
function undeclared(name: string, metrics: Map<string, Point>): Point | undefined {
  const known = builtInK6(name)
  if (known === undefined || metrics.size >= MOST_METRICS) return undefined
  const metric = newPoint(name, known.type, known.contains, [])
  metrics.set(name, metric)
  return metric
}

function newPoint(name: string, type: string, contains: string, parts: Point['parts']): Point {
  return { name, type, contains, timed: TIMED.includes(name), tally: new Tally(), yes: 0, latest: 0, parts }
}

/** A metric that was declared and has no point says nothing. */
function figuresOf(metric: Point, seconds: number): K6Metric[] {
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
