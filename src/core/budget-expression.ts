/** Reads budgets as k6 writes its thresholds: `p(95) < 35ms`, `throughput > 10k/s`, `http_req_failed: rate < 0.01`. */
import type { Budget, Operator } from './budget.ts'
import { UserError } from './errors.ts'
import type { Statistic } from './statistic.ts'
import { statisticNamed } from './statistic-name.ts'
import type { Tidied } from './unit.ts'
import { isKnownUnit, tidy } from './unit.ts'

const EXPRESSION = /^(.*?)(===|!==|<=|>=|==|!=|<|>)(.*)$/s
const LIMIT = /^([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)\s*(.*)$/
const METRIC = /^[\p{L}_][^\s:{}"'`]*$/u
const EXAMPLE = 'write for example "p(95) < 35ms"'
const LONGEST = 200

/** Names that k6's users know for what has a name of its own here. */
const METRICS: Readonly<Record<string, string>> = {
  http_req_duration: 'latency',
  http_req_failed: 'error_rate',
}
/** How many; their rate is the throughput. */
const REQUESTS = 'http_reqs'

/** What k6 calls the one figure of a metric that has no distribution. */
const SCALARS: ReadonlySet<string> = new Set(['value', 'count', 'rate'])

/** What a figure without a unit means where it is not milliseconds. */
const PLAIN_UNITS: Readonly<Record<string, string>> = {
  error_rate: 'ratio',
  throughput: '1/s',
  'cpu.mean': 'ratio',
  'cpu.peak': 'ratio',
}

/** Throws UserError without a place: the caller knows where it stands. */
export function parseBudget(expression: string): Budget {
  if (expression.length > LONGEST) throw new UserError(`a budget is at most ${LONGEST} characters long`)
  const text = expression.trim()
  const [, left, operator, right] = EXPRESSION.exec(text) ?? []
  if (left === undefined || operator === undefined || right === undefined)
    throw problem(text, 'has no operator such as <', EXAMPLE)
  if (left.trim() === '') throw problem(text, `says nothing before ${operator}`, EXAMPLE)
  if (right.trim() === '') throw problem(text, `has no limit after ${operator}`, EXAMPLE)
  const figure = parseFigure(left.trim(), text)
  return {
    expression: text,
    ...figure,
    operator: operator.slice(0, 2) as Operator,
    ...parseLimit(right.trim(), figure, text),
  }
}

interface Figure {
  readonly metric: string
  readonly statistic: Statistic
}

function parseFigure(left: string, text: string): Figure {
  const colon = left.lastIndexOf(':')
  if (colon >= 0) {
    const word = left.slice(colon + 1).trim()
    const metric = metricNamed(left.slice(0, colon).trim(), text)
    const statistic = figureNamed(word)
    if (statistic === undefined)
      throw problem(
        text,
        `: "${word}" is not a statistic`,
        'write p(95), mean, min, max, rate, count or value',
      )
    return metric === REQUESTS && word === 'rate'
      ? { metric: 'throughput', statistic }
      : { metric, statistic }
  }
  if (left === 'rate') return { metric: 'error_rate', statistic: 'value' }
  if (left === 'count' || left === 'value')
    throw problem(text, `does not say ${left} of what`, `name the metric: "errors: ${left} < 10"`)
  const statistic = figureNamed(left)
  if (statistic !== undefined) return { metric: 'latency', statistic }
  if (/^p\s*[\d(.]/i.test(left))
    throw problem(text, `: "${left}" is not a percentile`, 'write p(95) or p99.9')
  const metric = metricNamed(left, text)
  if (metric === 'latency') throw problem(text, 'does not say which latency', 'write p(95), mean or max')
  return { metric, statistic: 'value' }
}

function metricNamed(name: string, text: string): string {
  const written = name.replaceAll(/\s*([()])\s*/g, '$1')
  if (!METRIC.test(written))
    throw problem(
      text,
      `: "${name}" is not a metric`,
      'write p(95), mean, or the name of a metric such as error_rate',
    )
  return Object.hasOwn(METRICS, written) ? METRICS[written]! : written
}

function figureNamed(word: string): Statistic | undefined {
  return SCALARS.has(word) ? 'value' : statisticNamed(word)
}

function parseLimit(right: string, figure: Figure, text: string): Pick<Budget, 'limit' | 'unit' | 'bare'> {
  const [, digits, suffix = ''] = LIMIT.exec(right) ?? []
  const number = Number(digits)
  if (digits === undefined || !Number.isFinite(number))
    throw problem(text, `: "${right}" is not a number`, EXAMPLE)
  if (isKnownUnit(suffix) && suffix !== '') return inBase(digits, suffix)
  if (suffix === 'x') return { limit: number, unit: 'ratio' }
  const [, factor, unit] = /^([kKMG])(.*)$/.exec(suffix) ?? []
  const exponent = factor === undefined ? 0 : EXPONENTS[factor]!
  const rest = factor === undefined ? suffix : unit!.trim()
  if (rest !== '' && (factor === undefined || !COUNTED.has(tidy(1, rest).unit)))
    throw problem(
      text,
      `: the unit "${suffix}" is not known`,
      'write for example ms, s, MB, MiB, /s, %, k/s or x',
    )
  const value = scaled(digits, exponent)
  if (rest !== '') return limitOf(tidy(value, rest))
  return withoutUnit(value, factor !== undefined, figure, text)
}

const EXPONENTS: Readonly<Record<string, number>> = { k: 3, K: 3, M: 6, G: 9 }
/** Units that have no multiples of their own (`k/s`), unlike `kB`. */
const COUNTED: ReadonlySet<string> = new Set(['1/s', 'count'])

/** Shifts the point in decimal: 0.1k is 100 and not 100.00000000000001. */
function scaled(digits: string, exponent: number): number {
  return /e/i.test(digits) ? Number(digits) * 10 ** exponent : Number(`${digits}e${exponent}`)
}

function inBase(digits: string, suffix: string): { limit: number; unit: string } {
  return suffix === '%' ? { limit: scaled(digits, -2), unit: 'ratio' } : limitOf(tidy(Number(digits), suffix))
}

function limitOf({ value, unit }: Tidied): { limit: number; unit: string } {
  return { limit: value, unit }
}

function withoutUnit(value: number, multiplied: boolean, { metric, statistic }: Figure, text: string) {
  const plain = Object.hasOwn(PLAIN_UNITS, metric) ? PLAIN_UNITS[metric]! : undefined
  if (plain !== undefined) return { limit: value, unit: plain }
  if (metric.startsWith('slowdown(')) return { limit: value, unit: 'ratio' }
  if (metric.startsWith('memory.')) throw problem(text, 'has no unit', `write ${value}MB`)
  if (metric === 'latency' && !multiplied) return { limit: value * 1e6, unit: 'ns' }
  if (metric === 'latency') throw problem(text, 'has no unit', 'write ms or s')
  return statistic === 'value' || multiplied
    ? { limit: value, unit: 'count', bare: value }
    : { limit: value * 1e6, unit: 'ns', bare: value }
}

function problem(text: string, what: string, remedy: string): UserError {
  return new UserError(`budget "${text}"${what.startsWith(':') ? '' : ' '}${what}`, { remedy })
}
