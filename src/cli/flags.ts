import { InvalidArgumentError } from 'commander'
import { lineOf, UserError } from '../core/errors.ts'
import type { Statistic } from '../core/statistic.ts'
import { isStatistic } from '../core/statistic.ts'

/** `p50,p99`. */
export function statistics(text: string): Statistic[] {
  return text.split(',').map((part) => {
    const name = part.trim()
    if (!isStatistic(name))
      throw new InvalidArgumentError(`"${name}" is no statistic; try p50,p95,p99,mean,max`)
    return name
  })
}

/** A whole number from 1. */
export function rounds(text: string): number {
  const n = Number(text)
  if (!Number.isSafeInteger(n) || n < 1) throw new InvalidArgumentError('expected a whole number from 1')
  return n
}

/** A parser of config figures as a flag's. */
export function figure<T>(read: (text: string) => T): (text: string) => T {
  return (text) => {
    try {
      return read(text)
    } catch (error) {
      if (error instanceof UserError) throw new InvalidArgumentError(lineOf(error))
      throw error
    }
  }
}
