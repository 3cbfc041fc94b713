/** What failed, beside the code: GitHub shows ten of each level a step and cuts a message at 4096 characters. */
import type { Report } from '../core/report.ts'
import { failSign } from './comparison-table.ts'
import { digest, isLeading } from './digest.ts'
import { plain, shorten } from './escape.ts'
import { actualOf, beyond, changeOf, many, quantity } from './quantities.ts'
import { told } from './sentences.ts'

export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice'
  readonly title: string
  readonly message: string
  readonly file?: string
  readonly line?: number
}

export type Place = (benchmark: string) => { file: string; line: number } | undefined

const MOST = 10
const LONGEST = 4000

interface Finding {
  readonly level: Annotation['level']
  readonly benchmark: string | undefined
  readonly title: string
  readonly message: string
}

/** Most important first; what belongs to one benchmark is one annotation; beyond ten of a level the rest is summed up. */
export function annotations(report: Report, place: Place): Annotation[] {
  const found = gather(report)
  return (['error', 'warning', 'notice'] as const).flatMap((level) => {
    const all = found.filter((each) => each.level === level)
    const shown = all.length > MOST ? all.slice(0, MOST - 1) : all
    const rest = all.slice(shown.length)
    const told = shown.map(({ benchmark, title, message }) => ({
      level,
      title: shorten(title, 200),
      message: shorten(message, LONGEST),
      ...(benchmark === undefined ? undefined : place(benchmark)),
    }))
    if (rest.length === 0) return told
    const message = shorten(rest.map((each) => each.title).join('\n'), LONGEST)
    return [...told, { level, title: `${rest.length} more, told in the report`, message }]
  })
}

function gather(report: Report): Finding[] {
  const all = digest(report)
  const level = (category: string) => (failSign(report, category) === '❌' ? 'error' : 'warning')
  const findings: Finding[] = [
    ...[...all.errors, ...all.failed].map(
      ({ benchmark, side, status, reason }): Finding => ({
        level: level(status === 'failed' ? 'missing' : 'error'),
        benchmark,
        title: `${subject(benchmark, side)} ${status === 'error' ? 'could not be measured' : 'failed'}`,
        message: lines(reason),
      }),
    ),
    ...all.regressed.map(
      (c): Finding => ({
        level: level('regression'),
        benchmark: c.benchmark,
        title: `${plain(c.benchmark)} ${plain(quantity(c))} ${plain(changeOf(c))}`,
        message: told(c),
      }),
    ),
    ...all.missing.map(
      ({ benchmark, whole, comparisons }): Finding => ({
        level: level('missing'),
        benchmark,
        title: whole ? `${plain(benchmark)} is missing` : `${plain(benchmark)}: a result is missing`,
        message: comparisons.map(told).join('\n'),
      }),
    ),
    ...[...all.breached, ...all.unknown].map((b): Finding => {
      const off = beyond(b)
      return {
        level: level('budget'),
        benchmark: b.benchmark,
        title: `${plain(b.benchmark)} ${plain(b.expression)} ${b.verdict === 'breached' ? 'is breached' : 'could not be told'}`,
        message:
          b.verdict === 'breached'
            ? `it is ${plain(actualOf(b))}${off === undefined ? '' : `, ${off}`}`
            : plain(b.reason ?? 'there is no figure', 500),
      }
    }),
    ...all.warnings.filter(isLeading).map(
      ({ code, message, benchmark }): Finding => ({
        level: 'warning',
        benchmark,
        title: plain(code),
        message: plain(message, 1000),
      }),
    ),
    ...all.inconclusive.map(
      (c): Finding => ({
        level: report.failedBy.includes('inconclusive') ? 'error' : 'warning',
        benchmark: c.benchmark,
        title: `${plain(c.benchmark)} ${plain(quantity(c))} could not be told`,
        message: told(c),
      }),
    ),
    ...all.improved
      .filter((c) => c.reason !== undefined)
      .map(
        (c): Finding => ({
          level: 'notice',
          benchmark: c.benchmark,
          title: `look again at ${plain(c.benchmark)} ${plain(quantity(c))} ${plain(changeOf(c))}`,
          message: plain(c.reason ?? '', 1000),
        }),
      ),
  ]
  return joined(findings)
}

/** What is nobody's benchmark is the job's own: a baseline that cannot be read. */
function subject(benchmark: string, side: string | undefined): string {
  if (benchmark === '') return side === 'base' ? 'the baseline' : 'the job'
  return side === undefined ? plain(benchmark) : `${plain(benchmark)} (${side})`
}

/** One annotation for a benchmark and level, where its first finding stands. */
function joined(findings: readonly Finding[]): Finding[] {
  const groups = new Map<unknown, Finding[]>()
  for (const finding of findings) {
    const key = finding.benchmark === undefined ? finding : `${finding.level}\0${finding.benchmark}`
    groups.set(key, [...(groups.get(key) ?? []), finding])
  }
  return [...groups.values()].map((group) => {
    const [first, ...rest] = group
    if (first === undefined || rest.length === 0) return group[0]!
    return {
      ...first,
      title: `${first.title} and ${many(rest.length, 'more finding')}`,
      message: group.map(({ title, message }) => `${title}: ${message}`).join('\n'),
    }
  })
}

/** The first line says what, the last ones why. */
function lines(reason: string): string {
  const all = reason.split(/\r?\n/).map((line) => plain(line, 300))
  return (all.length > 21 ? [all[0]!, '…', ...all.slice(-20)] : all).join('\n')
}
