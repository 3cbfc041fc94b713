import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Comparison, Report } from '../../src/core/report.ts'
import { markdown } from '../../src/reporters/markdown.ts'
import { results } from '../../src/reporters/results.ts'
import { hostile } from './hostile-text.ts'
import { budget, CASES, ENVIRONMENT, gone, latency, report } from './reports.ts'

/** A report in which every text is hostile. */
const hostileReport: fc.Arbitrary<Report> = fc
  .record({
    names: fc.array(hostile, { minLength: 5, maxLength: 5 }),
    word: hostile,
    metric: hostile,
    unit: hostile,
    verdict: fc.constantFrom('pass' as const, 'fail' as const, 'inconclusive' as const, 'error' as const),
  })
  .map(({ names, word, metric, unit, verdict }) => {
    const odd = { metric, unit, reason: word }
    return report({
      verdict,
      comparisons: [
        latency(names[0]!, 0.3, odd),
        latency(names[1]!, -0.3, odd),
        latency(names[2]!, 0.01, { ...odd, verdict: 'inconclusive' }),
        gone(names[3]!, odd),
        latency(names[4]!, 0.4, { ...odd, gating: false }),
      ],
      budgets: [
        budget({ benchmark: names[0]!, expression: word, unit, verdict: 'breached' }),
        budget({ benchmark: names[1]!, expression: word, actual: null, verdict: 'unknown', reason: word }),
        budget({ benchmark: names[2]!, expression: word }),
      ],
      failures: [
        { benchmark: names[0]!, status: 'error', reason: word },
        { benchmark: names[1]!, side: 'head', status: 'failed', reason: word },
      ],
      warnings: [
        { code: 'loosened', message: word, benchmark: names[2]! },
        ...Array.from({ length: 5 }, () => ({ code: word, message: word })),
      ],
      environment: { ...ENVIRONMENT, seed: word, reproduce: word, suite: word, id: word },
    })
  })

/** The page without what stands in fences, and the fences' own lines checked on the way. */
function outsideFences(page: string): string[] {
  const lines: string[] = []
  let fence: string | undefined
  for (const line of page.split('\n')) {
    const opens: string | undefined = /^(`{3,})(?:text|sh)?$/.exec(line)?.[1]
    if (fence !== undefined) {
      if (line === fence) fence = undefined
    } else if (opens !== undefined) fence = opens
    else lines.push(line)
  }
  expect(fence, 'every fence is closed').toBeUndefined()
  return lines
}

const OWN_TAGS = /<\/?(?:code|details|summary|sub)>|<wbr>/g
const OWN_CODE = /`(?:fail-on|rounds\.max|time|compare: none)`/g

function checkPage(page: string): void {
  const lines = outsideFences(page)
  let columns: number | undefined
  for (const line of lines) {
    const bare = line.replaceAll(OWN_TAGS, '').replaceAll(OWN_CODE, '').replaceAll('**', '')
    expect(bare).not.toMatch(/[<`@]|\]\(|&(?!amp;|lt;|gt;|quot;|#\d+;)/)
    expect(line.replaceAll(/<wbr>/g, '\0')).not.toMatch(/:\/\/|www\./i)
    for (const tag of ['code', 'summary', 'sub'])
      expect(line.split(`<${tag}>`).length, line).toBe(line.split(`</${tag}>`).length)
    const cells = line.startsWith('|') ? line.split('|').length : undefined
    if (cells !== undefined && columns !== undefined) expect(cells, line).toBe(columns)
    if (cells !== undefined) expect(cells).toBeLessThanOrEqual(6 + 2)
    columns = cells
  }
  const text = lines.join('\n')
  expect(text.split('<details>').length).toBe(text.split('</details>').length)
}

test('whatever the texts are, the comment is the comment we wrote', () => {
  fc.assert(
    fc.property(hostileReport, (hostile) => checkPage(markdown(hostile))),
    { seed: 21, numRuns: 150 },
  )
})

test('and so is RESULTS.md', () => {
  fc.assert(
    fc.property(hostileReport, (hostile) => checkPage(results(hostile))),
    { seed: 22, numRuns: 150 },
  )
})

/** 500 benchmarks of three statistics each. */
function huge(verdict: Comparison['verdict']): Report {
  const comparisons = Array.from({ length: 1500 }, (_, i) =>
    latency(`suite/group-${i % 7}/case-${Math.floor(i / 3)} with a name of usual length`, 0.1, {
      verdict,
      statistic: (['p50', 'p95', 'p99'] as const)[i % 3]!,
      reason: 'rounds differ by 9 %',
    }),
  )
  return report({ verdict: verdict === 'regressed' ? 'fail' : 'pass', failedBy: ['regression'], comparisons })
}

test.each(['regressed', 'inconclusive', 'unchanged', 'improved', 'missing', 'new'] as const)(
  '500 benchmarks that are %s fit, whole sections left out and named',
  (verdict) => {
    const link = 'https://github.com/o/r/actions/runs/1#artifacts'
    const page = markdown(huge(verdict), { marker: '<!-- m -->', link })
    expect(page.length).toBeLessThanOrEqual(60_000)
    checkPage(page.replace('<!-- m -->\n', '').replaceAll(`](${link})`, ''))
    expect(page).toMatch(/^✂️ Left out because a comment has a limit: .*\[The whole report\]\(https:/m)
    expect(page).toContain('how it was measured</summary>')
    expect(page.split('\n')[0]).toBe('<!-- m -->')
  },
)

test.each([60_000, 20_000, 5_000])('a limit of %s characters is kept', (limit) => {
  for (const verdict of ['regressed', 'unchanged'] as const)
    expect(markdown(huge(verdict), { limit }).length).toBeLessThanOrEqual(limit)
})

test('nothing is left out while there is room', () => {
  const page = markdown(huge('regressed'), { limit: 1_000_000 })
  expect(page).not.toContain('✂️')
  for (let i = 0; i < 500; i++) expect(page).toContain(`case-${i} `)
})

test('the marker stands alone on the first line, the verdict on the next', () => {
  const page = markdown(CASES.regression!, { marker: '<!-- tailgate:a -->' })
  expect(page.split('\n').slice(0, 2)).toEqual([
    '<!-- tailgate:a -->',
    expect.stringMatching(/^❌ \*\*4 of 15 comparisons regressed: /),
  ])
  expect(markdown(CASES.green!).split('\n')[0]).toMatch(/^✅ \*\*no regression found in 10 comparisons/)
})
