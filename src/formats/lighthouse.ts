import type { Result } from '../core/result.ts'
import { FormatError, type TextFormat } from './format.ts'
import { type Json, parseJson } from './json.ts'
import { result } from './measured.ts'
import { outlineOf } from './outline.ts'

/** A Lighthouse report: each audit of a figure is a benchmark of its own. https://github.com/GoogleChrome/lighthouse */
export const lighthouse: TextFormat = {
  name: 'lighthouse',
  title: 'Lighthouse (--output=json)',
  keeps: 'one value',
  detect: (start) => outlineOf(start).has('lighthouseVersion'),
  parse(text) {
    const report = parseJson(text)
    const broken = report.get('runtimeError')
    if (broken !== undefined)
      throw new FormatError(
        '$.runtimeError',
        `Lighthouse could not load the page: ${broken.get('message')?.string().slice(0, 200) ?? broken.get('code')?.string()}`,
      )
    const audits = report.at('audits')
    const score = report.get('categories')?.get('performance')?.get('score')
    return {
      results: [
        ...AUDITS.flatMap((id) => readAudit(id, audits.get(id))),
        ...(score === undefined
          ? []
          : [
              result(
                'performance',
                'score',
                'ratio',
                { kind: 'scalar', value: score.amount() },
                { better: 'higher' },
              ),
            ]),
      ],
    }
  },
}

/** What measures the page; the other audits advise, and their figures are estimates of what could be saved. */
const AUDITS: readonly string[] = [
  'first-contentful-paint',
  'largest-contentful-paint',
  'speed-index',
  'total-blocking-time',
  'cumulative-layout-shift',
  'interaction-to-next-paint',
  'max-potential-fid',
  'interactive',
  'server-response-time',
  'total-byte-weight',
  'mainthread-work-breakdown',
  'bootup-time',
]

const UNITS: Readonly<Record<string, readonly [metric: string, unit: string, factor: number]>> = {
  millisecond: ['latency', 'ns', 1e6],
  second: ['latency', 'ns', 1e9],
  byte: ['size', 'B', 1],
  unitless: ['value', 'count', 1],
  element: ['value', 'count', 1],
}

function readAudit(id: string, audit: Json | undefined): Result[] {
  if (audit === undefined) return []
  const mode = audit.get('scoreDisplayMode')?.string()
  if (mode === 'notApplicable' || mode === 'manual') return []
  const value = audit.get('numericValue')
  if (mode === 'error' || value === undefined) {
    const reason = audit.get('errorMessage')?.string().slice(0, 500)
    return [{ benchmark: id, status: 'failed', reason: reason ?? 'Lighthouse has no figure of it' }]
  }
  const told = audit.get('numericUnit')
  const spelling = told?.string() ?? 'millisecond'
  if (!Object.hasOwn(UNITS, spelling)) throw told!.wrong(Object.keys(UNITS).join(', '))
  const [metric, unit, factor] = UNITS[spelling]!
  return [result(id, metric, unit, { kind: 'scalar', value: value.amount() * factor }, { better: 'lower' })]
}
