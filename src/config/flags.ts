/** What a person adds on the command line or in the action's inputs, as text; put over the config like a suite. */
import { UserError } from '../core/errors.ts'
import type { CompareMode, FailCategory } from '../core/plan.ts'
import type { Statistic } from '../core/statistic.ts'
import { parseDuration, parseStatistic, parseThreshold } from './figures.ts'
import { unknownWord } from './nearest.ts'
import type { Settings } from './schema.ts'

export interface Flags {
  /** `auto`, `base`, `history`, `sides`, `none`. */
  readonly compare?: string | undefined
  /** `5%`, `5MB`: replaces the config's general threshold; a benchmark's own still wins. */
  readonly threshold?: string | undefined
  /** `regression,budget`; the empty text is none. */
  readonly failOn?: string | readonly string[] | undefined
  /** `p50,p99`. */
  readonly statistics?: string | readonly string[] | undefined
  readonly rounds?: { readonly min?: number; readonly max?: number; readonly warmup?: number } | undefined
  /** `10m`. */
  readonly time?: string | undefined
  /** A benchmark's own still wins. */
  readonly profile?: boolean | undefined
  /** `cache`, `artifact` or a folder. */
  readonly store?: string | undefined
}

const MODES: readonly CompareMode[] = ['auto', 'base', 'history', 'sides', 'none']
const CATEGORIES: readonly FailCategory[] = [
  'regression',
  'budget',
  'missing',
  'error',
  'inconclusive',
  'no-baseline',
]

/** Throws UserError at `--threshold` or whatever `nameOf` calls a flag. */
export function settingsOfFlags(
  flags: Flags,
  nameOf: (flag: string) => string = (flag) => `--${flag}`,
): Settings {
  const at = <T>(flag: string, parse: () => T): T => {
    try {
      return parse()
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      const { remedy } = error
      throw new UserError(error.message, { place: nameOf(flag), ...(remedy === undefined ? {} : { remedy }) })
    }
  }
  const { compare, threshold, failOn, statistics, rounds, time, profile, store } = flags
  return {
    ...(compare === undefined ? {} : { compare: at('compare', () => word(compare, MODES)) }),
    ...(threshold === undefined
      ? {}
      : {
          threshold: at('threshold', () => ({
            replaces: true,
            thresholds: { '*': parseThreshold(threshold) },
          })),
        }),
    ...(failOn === undefined
      ? {}
      : { 'fail-on': at('fail-on', () => items(failOn).map((item) => word(item, CATEGORIES))) }),
    ...(statistics === undefined ? {} : { statistics: at('statistics', () => named(statistics)) }),
    ...(rounds === undefined ? {} : { rounds: at('rounds', () => roundsOf(rounds)) }),
    ...(time === undefined ? {} : { time: at('time', () => parseDuration(time)) }),
    ...(profile === undefined ? {} : { profile }),
    ...(store === undefined ? {} : { baseline: { store } }),
  }
}

function items(list: string | readonly string[]): readonly string[] {
  const parts = typeof list === 'string' ? list.split(/[,\n]/) : list
  return parts.map((part) => part.trim()).filter((part) => part !== '')
}

function word<Word extends string>(text: string, known: readonly Word[]): Word {
  const found = known.find((candidate) => candidate === text.trim())
  if (found === undefined) throw unknownWord(text, known)
  return found
}

function named(statistics: string | readonly string[]): Statistic[] {
  const found = items(statistics).map(parseStatistic)
  if (found.length === 0) throw new UserError('names no statistic', { remedy: 'write p50,p95,p99' })
  return found
}

function roundsOf(rounds: NonNullable<Flags['rounds']>): NonNullable<Settings['rounds']> {
  for (const [key, least] of [
    ['min', 1],
    ['max', 1],
    ['warmup', 0],
  ] as const) {
    const value = rounds[key]
    if (value !== undefined && !(Number.isInteger(value) && value >= least && value <= 1000))
      throw new UserError(`${value} is not a number of rounds`, {
        remedy: `write a whole number from ${least} to 1000`,
      })
  }
  return rounds
}
