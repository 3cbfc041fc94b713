/** Figures as people write them in a config: `5%`, `5MB`, `1h30m`, `p(95)`. */
import { UserError } from '../core/errors.ts'
import type { Statistic } from '../core/statistic.ts'
import { statisticNamed } from '../core/statistic-name.ts'
import type { Threshold } from '../core/threshold.ts'
import { isKnownUnit, tidy } from '../core/unit.ts'

/** For editors, which tell a slip of the pen before the program does. */
export const PATTERNS = {
  threshold: '^\\s*(\\d+(\\.\\d+)?|\\.\\d+)\\s*\\S+\\s*$',
  percentage: '^\\s*(\\d+(\\.\\d+)?|\\.\\d+)\\s*%\\s*$',
  duration: '^\\s*(\\d+(\\.\\d+)?\\s*(ms|s|min|m|h|d)\\s*)+$',
} as const

const FIGURE = /^(\d+(?:\.\d+)?|\.\d+)\s*(.*)$/
const PERCENTAGE_POINTS = 'pp'

/** Throws UserError without a place: the caller knows where it stands. */
export function parseThreshold(text: string): Threshold {
  const [, digits, unit = ''] = FIGURE.exec(text.trim()) ?? []
  if (digits === undefined)
    throw new UserError(`"${text}" is not a threshold`, {
      remedy: 'write a percentage (5%) or an amount (5MB, 10ms)',
    })
  const value = Number(digits)
  if (unit === '') throw bareThreshold(value)
  if (unit === '%') return { kind: 'relative', value: percent(digits) }
  if (unit === PERCENTAGE_POINTS) return { kind: 'absolute', value: percent(digits), unit: 'ratio' }
  if (!isKnownUnit(unit))
    throw new UserError(`"${text}" has a unit that is not known`, {
      remedy: 'write a percentage (5%) or an amount (5MB, 10ms)',
    })
  return { kind: 'absolute', ...tidy(value, unit) }
}

/** A number alone could be a share or a percentage: 0.05 and 5 are both meant as 5 %. */
export function bareThreshold(value: number): UserError {
  const meant = value < 1 ? Number((value * 100).toPrecision(12)) : value
  return new UserError(`${value} is not a threshold: its unit is missing`, { remedy: `write ${meant}%` })
}

/** Shifts the point in decimal, so that 0.1 % is 0.001 and not 0.0010000000000000002. */
function percent(digits: string): number {
  return Number(`${digits}e-2`)
}

/** A share from a percentage: `1%` is 0.01. */
export function parsePercentage(text: string): number {
  const digits = /^(\d+(?:\.\d+)?|\.\d+)\s*%$/.exec(text.trim())?.[1]
  if (digits === undefined) throw new UserError(`"${text}" is not a percentage`, { remedy: 'write 1%' })
  return percent(digits)
}

const MILLISECONDS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1e3,
  m: 60e3,
  min: 60e3,
  h: 3600e3,
  d: 24 * 3600e3,
}
const DURATION = /^(?:\d+(?:\.\d+)?\s*(?:ms|s|min|m|h|d)\s*)+$/
const LONGEST = 30 * 24 * 3600e3

/** Milliseconds, at least 1 and at most 30 days. */
export function parseDuration(text: string): number {
  const written = text.trim()
  if (!DURATION.test(written))
    throw new UserError(`"${text}" is not a duration`, { remedy: 'write 500ms, 90s, 10m or 1h30m' })
  let total = 0
  for (const [, digits, unit] of written.matchAll(/(\d+(?:\.\d+)?)\s*(ms|s|min|m|h|d)/g))
    total += Number(digits) * MILLISECONDS[unit!]!
  if (total < 1) throw new UserError(`"${text}" is no time at all`, { remedy: 'write at least 1ms' })
  if (total > LONGEST) throw new UserError(`"${text}" is too long`, { remedy: 'write at most 30d' })
  return Math.round(total)
}

/** Throws UserError without a place. */
export function parseStatistic(text: string): Statistic {
  const statistic = statisticNamed(text.trim())
  if (statistic === undefined)
    throw new UserError(`"${text}" is not a statistic`, {
      remedy: 'write mean, min, max or a percentile such as p99',
    })
  return statistic
}

/**
 * The key of a set of thresholds: `*`, a statistic, or a metric's name, which may be any. What looks like a
 * percentile and is none is refused: it would be taken for a metric that no tool has.
 */
export function parseThresholdKey(text: string): string {
  const statistic = statisticNamed(text)
  if (statistic !== undefined) return statistic
  if (/^p\s*[\d(.-]/i.test(text))
    throw new UserError(`"${text}" is not a statistic`, { remedy: 'write p99 or p99.9' })
  return text
}
