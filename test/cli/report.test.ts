/** `tailgate report`, and the files of `--report DIR`. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Report } from '../../src/core/report.ts'
import { readReport } from '../../src/core/report-file.ts'
import type { Run } from '../../src/core/run.ts'
import { parseUntrusted } from '../../src/core/untrusted.ts'
import { json } from '../../src/reporters/json.ts'
import { saveRun } from '../../src/stores/run-file.ts'
import { tailgate } from '../bundle.ts'
import { madeReport, madeRuns } from '../page/made-report.ts'
import { temporaryFolder } from './repository.ts'

const MADE = { names: ['json/parse', 'startup'], rounds: 8, operations: 120 }

test('a report becomes a page with its verdict, its table and its data', async () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'report.json'), json(madeReport(MADE)))
  const { code, stdout } = await tailgate(['report', 'report.json', '-o', 'page.html'], { cwd: folder })
  expect([code, stdout]).toEqual([0, ''])
  const page = readFileSync(join(folder, 'page.html'), 'utf8')
  expect(page).toContain('<tbody id="b-json/parse"')
  const { benchmarks } = JSON.parse(/id="data">([^<]*)</.exec(page)![1]!) as {
    benchmarks: { name: string; plots: { head: { low: object } }[] }[]
  }
  expect(benchmarks.map(({ name }) => name).sort()).toEqual(['json/parse', 'startup'])
  expect(benchmarks[0]!.plots[0]!.head.low).toBeDefined()
})

test('what is only there at times comes back as it was written', () => {
  const whole: Report = {
    ...madeReport(MADE),
    timelines: [
      {
        benchmark: 'startup',
        side: 'head',
        round: 3,
        load: [{ at: -500, width: 500, answered: 12, failed: 1, p50: 1e6, p99: 4e6 }],
        resources: [{ at: 0, cpu: 0.25, memory: 6e7, processes: 2, threads: 8, files: 30, connections: 5 }],
        faults: [
          {
            name: 'restart',
            injected: 10,
            healed: 20,
            detect: 5,
            recovery: 30,
            recovered: true,
            errors: 2,
            lost: 0,
          },
          { name: 'pause', injected: 40, healed: 50 },
        ],
      },
    ],
    figures: [
      {
        benchmark: 'startup',
        metric: 'latency',
        statistic: 'p50',
        unit: 'ns',
        better: 'lower',
        value: 1e6,
        series: [1e6, null],
      },
    ],
    trends: [
      {
        benchmark: 'startup',
        metric: 'latency',
        statistic: 'p50',
        unit: 'ns',
        better: 'lower',
        values: [1e6, 1.1e6],
        commits: ['9f8e7d6', null],
        changes: [{ at: 1, p: 0.001, commit: '9f8e7d6' }],
        drift: 0.1,
      },
    ],
  }
  expect(readReport(parseUntrusted(json(whole), 'report.json'))).toEqual(JSON.parse(json(whole)))
})

test('a saved run is shown alone, and not judged', async () => {
  const folder = temporaryFolder()
  const run: Run = madeRuns(MADE).head
  await saveRun(join(folder, 'run.json.gz'), run)
  const { code, stdout } = await tailgate(['report', 'run.json.gz', '-o', '-'], { cwd: folder })
  expect(code).toBe(0)
  expect(stdout).toContain(
    '<h1>A run of 2 benchmarks at 9f8e7d6, measured 2026-11-20 14:03:22 UTC; nothing was compared</h1>',
  )
  expect(stdout.match(/<tr data-v=/g)).toHaveLength(6)
})

test('what is neither says so, with the place and the remedy', async () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'other.json'), '{"results":[]}')
  writeFileSync(join(folder, 'broken.json'), '{"schema":"tailgate-report/1","verdict":"fine"}')
  const other = await tailgate(['report', 'other.json'], { cwd: folder })
  expect([other.code, other.stderr]).toEqual([
    2,
    expect.stringMatching(/^tailgate: other\.json: is neither a saved run nor a report \(/),
  ])
  const broken = await tailgate(['report', 'broken.json'], { cwd: folder })
  expect([broken.code, broken.stderr]).toEqual([
    2,
    expect.stringContaining('broken.json: $.verdict: expected one of'),
  ])
  const absent = await tailgate(['report', 'absent.json'], { cwd: folder })
  expect([absent.code, absent.stderr]).toEqual([2, 'tailgate: absent.json: there is no such file\n'])
  const unwritable = await tailgate(['report', 'other.json', '-o', 'no/where.html'], { cwd: folder })
  expect(unwritable.code).toBe(2)
  expect(readdirSync(folder).sort()).toEqual(['broken.json', 'other.json'])
})

test('--report DIR writes the page, and the distributions of both sides for plotters of HdrHistogram', async () => {
  const folder = temporaryFolder()
  writeFileSync(
    join(folder, 'tailgate.yml'),
    [
      'compare: sides',
      'sides: { base: { env: { X: a } }, head: { env: { X: b } } }',
      'rounds: { min: 2, max: 2 }',
      'benchmarks:',
      '  - name: made',
      `    run: echo '{"benchmark":"in/ner","unit":"ms","values":[1,2,3]}'`,
      '    format: samples',
    ].join('\n'),
  )
  const { stderr } = await tailgate(['run', '--report', 'out'], { cwd: folder })
  expect(readdirSync(join(folder, 'out')), stderr).toContain('report.html')
  for (const side of ['base', 'head'])
    expect(readdirSync(join(folder, 'out', 'hgrm', side))).toEqual(['made-in-ner.latency.hgrm'])
})
