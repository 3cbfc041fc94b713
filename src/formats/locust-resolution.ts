import type { Resolution } from '../core/result.ts'

/**
 * Locust files a response under its milliseconds rounded to 2 significant digits: whole ones below 100 ms, tens below a
 * second, and so on. The widest step is that of the smallest figure of its decade.
 */
export function twoDigits(milliseconds: readonly number[]): Resolution {
  let relative = 0
  for (const value of milliseconds) {
    if (value < 100 || !Number.isFinite(value)) continue
    relative = Math.max(relative, 10 ** (Math.floor(Math.log10(value)) - 1) / value)
  }
  return {
    absolute: 1e6,
    ...(relative === 0 ? {} : { relative }),
    because: 'two significant digits of a millisecond',
  }
}
