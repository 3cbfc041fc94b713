/** The HTML report in a real browser: drawn, searched, linked to, attacked, and looked at without eyes. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Report } from '../../src/core/report.ts'
import { html } from '../../src/reporters/html.ts'
import { CASES, latency, report, throughput } from '../reporters/reports.ts'
import type { Browser } from './browser.ts'
import { launch, noBrowser } from './browser.ts'
import { madeReport, ordinary } from './made-report.ts'
import { madeSuite } from './made-suite.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Shares of pixels of a canvas that are of some colour, and how many colours there are. */
async function inkOf(page: Page, selector: string): Promise<{ share: number; colours: number }[]> {
  return page.$$eval(selector, (all) =>
    all.map((element) => {
      const canvas = element as HTMLCanvasElement
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height)
      const colours = new Set<number>()
      let inked = 0
      for (let i = 0; i < data.length; i += 4) {
        if (data[i + 3] === 0) continue
        inked++
        colours.add((data[i]! << 16) | (data[i + 1]! << 8) | data[i + 2]!)
      }
      return { share: inked / (data.length / 4), colours: colours.size }
    }),
  )
}

/** Ids of the rules that the page breaks, with the first element of each. */
async function violations(page: Page): Promise<string[]> {
  // The policy lets no script of others in, so it is run from outside.
  await page.evaluate(axe)
  return page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }
    }
    const found = await axe.run()
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160)}`)
  })
}

const visibleRows = (page: Page) =>
  page.$$eval('#comparisons tbody:not([hidden]) tr:not([hidden], .detail)', (rows) => rows.length)

describe.skipIf(noBrowser !== undefined)(
  `in a browser${noBrowser === undefined ? '' : ` (${noBrowser})`}`,
  () => {
    let browser: Browser
    let made: Report
    beforeAll(async () => {
      browser = await launch()
      made = ordinary()
    })
    afterEach(() => browser.clear())
    afterAll(() => browser?.close())

    test('a link to a benchmark opens it, and its plots are drawn', async () => {
      const { page, errors, requests } = await browser.open(html(made), {}, '#b-json/revive')
      await page.waitForSelector('.pictures canvas')
      await expect.poll(() => page.$$eval('.pictures canvas', (all) => all.length)).toBe(3)
      await expect
        .poll(async () => (await inkOf(page, '.pictures canvas')).every((ink) => ink.share > 0.01))
        .toBe(true)
      for (const { colours } of await inkOf(page, '.pictures canvas')) expect(colours).toBeGreaterThan(5)
      const shown = await page.$eval('tbody.open', (body) => body.getBoundingClientRect().top)
      expect(shown).toBeGreaterThanOrEqual(0)
      expect(shown).toBeLessThan(100)
      expect(await page.$$eval('tbody.open', (all) => all.map((body) => body.id))).toEqual(['b-json/revive'])
      expect([errors, requests]).toEqual([[], []])
    })

    test('both colour schemes draw in colours of their own', async () => {
      const ink: string[] = []
      for (const dark of [false, true]) {
        const { page } = await browser.open(html(made), { dark }, '#b-json/revive')
        await page.waitForSelector('.pictures canvas')
        ink.push(
          await page.$eval('body', (body) => {
            const style = getComputedStyle(body)
            return `${style.backgroundColor} ${style.color}`
          }),
        )
      }
      expect(ink[0]).toBe('rgb(255, 255, 255) rgb(28, 33, 40)')
      expect(ink[1]).not.toBe(ink[0])
    })

    test('search, filters and sorting show what they say', async () => {
      const { page, errors } = await browser.open(html(made))
      const all = made.comparisons.length
      expect(await visibleRows(page)).toBe(all)
      await page.fill('#search', 'json p99')
      expect(await visibleRows(page)).toBe(3)
      expect(await page.textContent('#count')).toBe(`3 of ${all} shown`)
      await page.fill('#search', 'no such thing')
      expect(await page.textContent('#count')).toBe('nothing found')
      await page.fill('#search', '')
      await page.click('[data-filter=improved]')
      const improved = made.comparisons.filter((c) => c.verdict === 'improved').length
      expect(improved).toBeGreaterThan(0)
      expect(await visibleRows(page)).toBe(improved)
      expect(await page.getAttribute('[data-filter=improved]', 'aria-pressed')).toBe('true')
      await page.selectOption('#sort', 'name')
      await page.click('[data-filter=""]')
      const names = await page.$$eval('#comparisons tbody tr:first-child th a', (links) =>
        links.map((link) => link.textContent),
      )
      expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b, 'en', { numeric: true })))
      expect(errors).toEqual([])
    })

    test('a link to a row that is filtered out shows it', async () => {
      const { page } = await browser.open(html(made))
      await page.fill('#search', 'startup')
      await page.evaluate(() => (location.hash = '#b-hash/sha256'))
      await page.waitForSelector('tbody.open .pictures')
      expect(await page.inputValue('#search')).toBe('')
      expect(await page.$$eval('tbody.open', (all) => all.map((body) => body.id))).toEqual(['b-hash/sha256'])
    })

    test('the keyboard opens and closes, and says so', async () => {
      const { page } = await browser.open(html(made))
      const link = page.locator('tbody[id="b-render"] tr:first-child th a')
      await link.focus()
      expect(await link.getAttribute('aria-expanded')).toBe('false')
      await page.keyboard.press('Enter')
      await page.waitForSelector('tbody.open .pictures figure')
      expect(await link.getAttribute('aria-expanded')).toBe('true')
      expect(new URL(page.url()).hash).toBe('#b-render')
      await link.focus()
      await page.keyboard.press('Enter')
      expect(await link.getAttribute('aria-expanded')).toBe('false')
    })

    test('another statistic, and its figures as a table', async () => {
      const { page } = await browser.open(html(made), {}, '#b-json/revive')
      await page.selectOption('.choice select', { label: 'p50' })
      expect(await page.$$eval('figure h3', (all) => all.map((title) => title.textContent))).toEqual([
        'Latency by percentile',
        'Change of p50 in each round',
        'p50 of each round',
      ])
      await page.click('figure:nth-of-type(2) summary')
      await expect.poll(() => page.$$eval('figure:nth-of-type(2) tbody tr', (rows) => rows.length)).toBe(20)
      expect(await page.getAttribute('figure:nth-of-type(2) .plot', 'aria-label')).toMatch(
        /^Change of p50 in each of 20 rounds.* 5 % is tolerated\.$/,
      )
    })

    test('the history of stored runs is drawn where there is one', async () => {
      const trend = {
        benchmark: 'render',
        metric: 'latency',
        statistic: 'p50' as const,
        unit: 'ns',
        better: 'lower' as const,
        values: Array.from({ length: 12 }, (_, i) => (i < 7 ? 1e6 : 1.1e6) + i),
        commits: Array.from({ length: 12 }, (_, i) => `${i.toString(16)}a2b3c4d5e6f7`),
        changes: [{ at: 7, p: 0.0001 }],
        drift: 0.1,
      }
      const { page, errors } = await browser.open(html({ ...made, trends: [trend] }), {}, '#b-render')
      await page.selectOption('.choice select', { label: 'p50' })
      const figure = page.locator('figure', { hasText: 'p50 over stored runs' })
      expect(await figure.locator('.plot').getAttribute('aria-label')).toBe(
        'p50 of 12 runs, oldest first, head last. The level changed at 7a2b3c4.',
      )
      await expect
        .poll(async () => (await inkOf(page, '.pictures canvas')).at(-1)?.share ?? 0)
        .toBeGreaterThan(0.01)
      await page.selectOption('.choice select', { label: 'p99' })
      expect(await figure.count()).toBe(0)
      expect(errors).toEqual([])
    })

    test('a sweep, and what a service did over time, are drawn where there are any', async () => {
      const throughputs = [1, 10, 50].map((n) =>
        throughput(`search[connections=${n}]`, -0.02, {
          series: {
            base: Array(6).fill((900 * n) / (1 + 0.03 * n)),
            head: Array(6).fill((880 * n) / (1 + 0.04 * n)),
          },
          gating: false,
        }),
      )
      const timelines = (['base', 'head'] as const).map((side) => ({
        benchmark: 'search[connections=50]',
        side,
        round: 5,
        load: Array.from({ length: 60 }, (_, i) => ({
          at: i * 500,
          width: 500,
          answered: i > 20 && i < 26 ? 0 : 2000 + i,
          failed: i > 20 && i < 26 ? 40 : 0,
          ...(i > 20 && i < 26 ? {} : { p99: 8e6 + i * 1e4 }),
        })),
        resources: Array.from({ length: 60 }, (_, i) => ({
          at: i * 500,
          cpu: 0.5,
          memory: 6e7 + i * 1e5,
          processes: 1,
        })),
      }))
      const swept = { ...made, comparisons: [...made.comparisons, ...throughputs], timelines }
      const { page, errors } = await browser.open(html(swept), {}, '#b-search%5Bconnections=50%5D')
      await page.waitForSelector('.pictures canvas')
      expect(await page.$$eval('figure h3', (all) => all.map((title) => title.textContent))).toEqual([
        'Latency by percentile',
        'Change of p99 in each round',
        'p99 of each round',
        'p99 by connections',
        'throughput by connections',
        'Answers a second in round 6',
        'Failures a second in round 6',
        'p99 in round 6',
        'Processor time, as a share of all cores, in round 6',
        'Memory in round 6',
      ])
      await expect.poll(() => page.$$eval('.pictures canvas', (all) => all.length)).toBe(10)
      for (const { share, colours } of await inkOf(page, '.pictures canvas')) {
        expect(share).toBeGreaterThan(0.01)
        expect(colours).toBeGreaterThan(3)
      }
      expect(await page.textContent('figure:nth-of-type(5) .keys')).toBe('baseheadscalability law of head')
      await page.click('figure:nth-of-type(4) summary')
      await expect
        .poll(() =>
          page.$$eval('figure:nth-of-type(4) tbody th', (all) => all.map((head) => head.textContent)),
        )
        .toEqual(['1', '10', '50'])
      expect(await violations(page)).toEqual([])
      expect(errors).toEqual([])
    })

    for (const look of [{}, { dark: true }, { width: 390, height: 844 }])
      test(`axe finds nothing: ${JSON.stringify(look)}`, async () => {
        for (const text of [html(made), html(CASES.error!), html(CASES.hostile!)]) {
          const { page } = await browser.open(text, look, '#b-json/revive')
          await page.waitForTimeout(100)
          expect(await violations(page)).toEqual([])
        }
        for (const suite of [{ broken: true }, { alone: true }]) {
          const { page } = await browser.open(html(madeSuite(suite)), look, '#b-checkout')
          await page.waitForSelector('.pictures canvas')
          await page.$$eval('details', (all) => {
            for (const each of all) each.open = true
          })
          expect(await violations(page)).toEqual([])
        }
      })

    test('nothing is wider than a phone', async () => {
      for (const text of [html(made), html(CASES.hostile!), html(CASES.error!), html(CASES.budgets!)]) {
        const { page } = await browser.open(text, { width: 360, height: 640 }, '#b-json/revive')
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
      }
      for (const suite of [{ broken: true }, { alone: true }]) {
        const { page } = await browser.open(
          html(madeSuite(suite)),
          { width: 360, height: 640 },
          '#b-checkout',
        )
        await page.waitForSelector('.pictures canvas')
        await page.$$eval('details', (all) => {
          for (const each of all) each.open = true
        })
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
      }
    })

    test('names from outside do nothing', async () => {
      const names = [
        '</script><script>document.title="hit"</script>',
        '<img src=x onerror=document.title="hit">',
        '"><svg onload=document.title="hit">',
        "' autofocus onfocus=document.title='hit' x='",
        '<!--<script>',
        '</style><style>*{display:none}</style>',
        '</title><base href="https://evil.example/">',
        'javascript:document.title="hit"',
        '{{7*7}}${7*7}',
        '__proto__',
        'constructor',
        '\u2028\u2029\u202eevil',
        '%E0%A4%A',
        '#',
        '',
      ]
      const comparisons = names.flatMap((name) => [
        latency(name, 0.2, { metric: name, reason: name, unit: name === '' ? 'ns' : name }),
        latency(name, 0.2),
      ])
      const hostile = report({
        verdict: 'fail',
        failedBy: ['regression'],
        comparisons,
        failures: names.map((benchmark) => ({ benchmark, status: 'failed', reason: benchmark })),
        warnings: names.map((message) => ({ code: 'loosened', message, benchmark: message })),
        budgets: names.map((name) => ({
          ...CASES.budgets!.budgets[0]!,
          benchmark: name,
          expression: name,
          reason: name,
        })),
        figures: names.flatMap((benchmark) =>
          ['recovery', 'alert.fired'].map((metric) => ({
            benchmark,
            metric,
            statistic: 'value' as const,
            unit: benchmark,
            better: 'higher' as const,
            value: 1,
            series: [1],
          })),
        ),
        timelines: names.map((benchmark) => ({
          benchmark,
          side: 'head' as const,
          round: 0,
          load: [0, 500, 1000].map((at) => ({ at, width: 500, answered: 9, failed: 1, p99: 1e6 })),
          faults: names.map((name, i) => ({
            name,
            injected: i,
            healed: i + 1,
            recovery: 2,
            recovered: false,
          })),
        })),
        readiness: {
          score: 0,
          categories: names.map((name) => ({
            name,
            weight: 1,
            share: 0,
            checks: [{ benchmark: name, what: name, state: 'unknown' as const, reason: name }],
          })),
        },
        environment: {
          ...made.environment,
          seed: names[0]!,
          reproduce: names[1]!,
          id: names[2]!,
          suite: names[3]!,
        },
      })
      const { page, errors, requests } = await browser.open(html(hostile))
      await page.click('#open-all')
      await page.waitForTimeout(200)
      expect(await page.title()).not.toBe('hit')
      expect(await page.$$eval('script', (all) => all.length)).toBe(2)
      expect(
        await page.$$eval(
          'img, base, iframe, [onerror], [onload], [onfocus], [autofocus]',
          (all) => all.length,
        ),
      ).toBe(0)
      expect(
        await page.$$eval('a', (all) => all.filter((a) => !a.getAttribute('href')!.startsWith('#')).length),
      ).toBe(0)
      const shown = await page.$$eval('#comparisons tbody tr:first-child th a', (all) =>
        all.map((a) => a.textContent),
      )
      expect(shown).toContain('<img src=x onerror=document.title="hit">')
      expect(new Set(await page.$$eval('tbody[id]', (all) => all.map((body) => body.id))).size).toBe(
        names.length,
      )
      for (const link of await page.$$('#comparisons > tbody > tr:first-child > th > a')) await link.click()
      await page.waitForTimeout(200)
      expect(await page.title()).not.toBe('hit')
      expect(await page.$$eval('#readiness details', (all) => all.length)).toBe(names.length)
      expect(await page.$$eval('#faults tbody tr', (all) => all.length)).toBe(2 * names.length)
      expect([errors, requests]).toEqual([[], []])
    })

    test('without its script the verdict and the table are there', async () => {
      const { page } = await browser.open(html(made), { script: false })
      expect(await page.textContent('h1')).toMatch(/^Failed \d+ of 36 comparisons regressed/)
      expect(await visibleRows(page)).toBe(made.comparisons.length)
      expect(await page.isVisible('#tools')).toBe(false)
    })

    test('five hundred benchmarks of thirty rounds: below 3 MB, soon open, drawn when seen', async () => {
      const names = Array.from({ length: 500 }, (_, i) => `suite-${i % 20}/benchmark number ${i}`)
      const text = html(madeReport({ names, rounds: 30, operations: 60, factors: { [names[3]!]: 1.2 } }))
      expect(new TextEncoder().encode(text).length).toBeLessThan(3_000_000)
      const { page, errors, busy } = await browser.open(text)
      expect(await busy()).toBeLessThan(2)
      await page.click('#open-all')
      await page.waitForSelector('canvas')
      expect(await page.$$eval('tbody.open', (all) => all.length)).toBe(500)
      expect(await page.$$eval('canvas', (all) => all.length)).toBeLessThan(40)
      expect(errors).toEqual([])
    })
  },
)
