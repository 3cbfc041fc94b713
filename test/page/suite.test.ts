/** A validation suite on the page: faults over time, recovery, the score, budgets, and figures where nothing is compared. */
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { html } from '../../src/reporters/html.ts'
import type { Browser } from './browser.ts'
import { launch, noBrowser } from './browser.ts'
import { madeSuite } from './made-suite.ts'

const texts = (page: Page, selector: string) =>
  page.$$eval(selector, (all) => all.map((each) => each.textContent))

/** Shares of each canvas that have the colour of a fault, and of the time until all is as before. */
const shaded = (page: Page) =>
  page.$$eval('.pictures canvas', (all) =>
    all.map((element) => {
      const canvas = element as HTMLCanvasElement
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height)
      let [fault, after] = [0, 0]
      for (let i = 0; i < data.length; i += 4) {
        const [red = 0, green = 0, , alpha = 0] = data.subarray(i, i + 4)
        if (red - green < 100 || alpha > 80) continue
        if (alpha > 30) fault++
        else after++
      }
      const whole = data.length / 4
      return { fault: fault / whole, after: after / whole }
    }),
  )

describe.skipIf(noBrowser !== undefined)(
  `in a browser${noBrowser === undefined ? '' : ` (${noBrowser})`}`,
  () => {
    let browser: Browser
    beforeAll(async () => {
      browser = await launch()
    })
    afterEach(() => browser.clear())
    afterAll(() => browser?.close())

    test('faults are marked over time, with when all was well again', async () => {
      const made = madeSuite({ broken: true })
      const turned = { ...made, timelines: made.timelines!.toReversed() }
      const { page, errors, requests } = await browser.open(html(turned), {}, '#b-checkout')
      await expect.poll(() => page.$$eval('.pictures canvas', (all) => all.length)).toBe(8)
      expect((await texts(page, 'figure h3')).slice(3)).toEqual([
        'Faults of round 14',
        'Answers a second in round 14',
        'Failures a second in round 14',
        'p99 in round 14',
        'Processor time, as a share of all cores, in round 14',
        'Memory in round 14',
      ])
      const all = await shaded(page)
      for (const one of all.slice(0, 3)) expect(one.fault + one.after).toBeLessThan(0.01)
      for (const one of all.slice(3)) {
        // 7 of 40 s are faults; head is then not well for the last 11 s.
        expect(one.fault).toBeGreaterThan(0.05)
        expect(one.after).toBeGreaterThan(0.05)
      }
      const label = await page.getAttribute('figure:nth-of-type(5) .plot', 'aria-label')
      expect(label).toContain('head: database restart from 10 s to 12 s, well again after 2.')
      expect(label).toContain('head: slow network from 24 s to 29 s, not well again in 16 s.')
      const keys = await page.textContent('figure:nth-of-type(5) .keys')
      expect(keys).toContain('as it was before the first fault')
      expect(keys).toContain('a fault lasts')
      expect(keys).toMatch(/^basehead/)
      const rows = await texts(page, '.told-only tbody tr')
      expect(rows).toHaveLength(4)
      expect(rows[1]).toEqual(expect.stringMatching(/^database restarthead10 s2 s500 ms2\.\d+ s4163$/))
      expect(rows[3]).toContain('not in 16 s')
      expect([errors, requests]).toEqual([[], []])
    })

    test('a service that came back has no time that is still not as before', async () => {
      const { page } = await browser.open(html(madeSuite({ alone: true })), {}, '#b-checkout')
      await expect.poll(() => page.$$eval('.pictures canvas', (all) => all.length)).toBe(6)
      const after = (await shaded(page)).slice(1).map((one) => one.after)
      for (const share of after) {
        expect(share).toBeGreaterThan(0)
        expect(share).toBeLessThan(0.03)
      }
    })

    test('the score, its checklist and the figures before and after are there without a script', async () => {
      const { page } = await browser.open(html(madeSuite({ broken: true })), { script: false })
      expect(await page.textContent('main > .score')).toMatch(
        /^Readiness \d\d of 100 \(90 is asked for\), lacking in resilience/,
      )
      const open = await texts(page, '#readiness details[open] > summary')
      expect(open).toContainEqual(expect.stringContaining('resilience 40 %'))
      expect(await texts(page, '#readiness details[open] tbody tr')).toContain(
        '✗ not readycheckout/slow networkrecovery < 8s16 s, 100 % over',
      )
      const factors = await texts(page, '#readiness > .wide tbody tr')
      expect(factors.some((row) => /^searchslowdown\(p95\)1\.62×1\.58×1\.03× better$/.test(row!))).toBe(true)
    })

    test('budgets, faults and alerts have their tables, what is wrong first', async () => {
      const { page } = await browser.open(html(madeSuite({ broken: true })), { script: false })
      const budgets = await texts(page, '#budgets tbody tr')
      expect(budgets).toHaveLength(17)
      expect(budgets[0]).toBe('✗ breachedcheckout/database restartdata_loss == 03')
      expect(budgets).toContain('✓ metcheckout/database restartrecovery < 5s2.61 s52.2 % of the limit')
      const faults = await texts(page, '#faults tbody tr')
      expect(faults[0]).toBe('✗ not wellcheckout/database restart3.86 → 2.60 s500 ms624 → 4163')
      expect(faults[1]).toContain('not within 16 s')
      expect(faults).toContain('✓ wellcheckout/high error ratefiredafter 1.94 s')
      expect(await page.getAttribute('#faults a', 'href')).toBe('#b-checkout')
      expect(await texts(page, 'nav a')).toEqual([
        ...['Benchmarks', 'Budgets', 'Faults and recovery', 'Readiness', 'What to do next', 'Warnings'],
        'How it was measured',
      ])
    })

    test('where nothing is compared, what was measured is in the table', async () => {
      const { page, errors } = await browser.open(html(madeSuite({ alone: true })))
      expect(await texts(page, 'main h2')).toEqual([
        ...['Budgets', 'Faults and recovery', 'What was measured', 'Readiness', 'Warnings'],
        'How it was measured',
      ])
      const row = page.locator('#comparisons tr', { hasText: 'throughput' }).first()
      expect(await row.locator('td:visible, th:visible').allTextContents()).toEqual([
        'checkout',
        'throughput',
        expect.stringMatching(/^18\d\/s$/),
      ])
      expect(await page.textContent('#count')).toBe('38 results')
      await page.fill('#search', 'memory.peak')
      expect(await page.textContent('#count')).toBe('1 of 38 shown')
      expect(errors).toEqual([])
    })

    test('a table within the table of benchmarks keeps its rows on a phone', async () => {
      const { page } = await browser.open(html(madeSuite()), { width: 390, height: 844 }, '#b-checkout')
      await page.waitForSelector('.told-only')
      const heights = await page.$$eval('.told-only tr', (all) =>
        all.map((row) => [getComputedStyle(row).display, row.getBoundingClientRect().height] as const),
      )
      for (const [display, height] of heights) {
        expect(display).toBe('table-row')
        expect(height).toBeLessThan(80)
      }
    })
  },
)
