/** The names that a script's results have in a run: its declared name, and below it what the output names itself. */
import { UserError } from './errors.ts'
import { isFailed, keyOf, type Parsed, type Result } from './result.ts'

/** Control characters of ASCII and Latin-1, and the two line ends of Unicode: they would break keys, lines and tables. */
const UNFIT = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/

/** Longer names are data gone astray. */
const LONGEST = 512

/** `declared` where the output has no name of its own (``), else `declared/inner`. */
export function nameOf(declared: string, inner: string): string {
  return inner === '' ? declared : `${declared}/${inner}`
}

/** The declared benchmark that a name belongs to: itself, `declared/…` or `declared[…`; the longest that fits. */
export function declaredOf(name: string, declared: Iterable<string>): string | undefined {
  let best: string | undefined
  for (const one of declared) {
    const fits = name === one || name.startsWith(`${one}/`) || name.startsWith(`${one}[`)
    if (fits && (best === undefined || one.length > best.length)) best = one
  }
  return best
}

/**
 * The output of a declared benchmark's script with every name in full. Throws UserError for a name with control
 * characters, an overlong one, and two results of the same benchmark and metric.
 */
export function nameResults(declared: string, parsed: Parsed): Parsed {
  const seen = new Set<string>()
  const results = parsed.results.map((result): Result => {
    for (const name of [result.benchmark, isFailed(result) ? '' : result.metric]) refuseUnfit(name)
    const named = { ...result, benchmark: nameOf(declared, result.benchmark) }
    const key = keyOf({ benchmark: named.benchmark, metric: isFailed(named) ? '' : named.metric })
    if (seen.has(key)) {
      const what = isFailed(named) ? 'the state' : named.metric
      throw new UserError(`the output tells ${what} of ${JSON.stringify(named.benchmark)} twice`, {
        remedy: 'give each benchmark a name of its own',
      })
    }
    seen.add(key)
    return named
  })
  return { ...parsed, results }
}

function refuseUnfit(name: string): void {
  if (UNFIT.test(name))
    throw new UserError(`the name ${JSON.stringify(name.slice(0, 80))} has a control character in it`, {
      remedy: 'use printable names',
    })
  if (name.length > LONGEST)
    throw new UserError(
      `the name ${JSON.stringify(`${name.slice(0, 40)}…`)} is ${name.length} characters long`,
      {
        remedy: `keep names within ${LONGEST} characters`,
      },
    )
}

/** A benchmark's name as part of a file's name. Two benchmarks may share one. */
export function fileNameOf(benchmark: string): string {
  return benchmark.replaceAll(/[^\w.-]+/g, '_').slice(0, 100)
}
