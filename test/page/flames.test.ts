/** The flame graph of what grew, in a real browser: drawn, walked through by keys, opened, read without eyes. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Profile, ProfiledFunction } from '../../src/core/profile/profile.ts'
import type { Report } from '../../src/core/report.ts'
import { html } from '../../src/reporters/html.ts'
import type { Browser, Look } from './browser.ts'
import { launch, noBrowser } from './browser.ts'
import { madeProfile } from './made-profile.ts'
import { ordinary } from './made-report.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const one = (name: string, base: number, head: number, share: number): ProfiledFunction => ({
  name,
  file: 'src/text.js',
  line: 12,
  base: [base, base],
  head: [head, head],
  share,
})

const PROFILE: Profile = {
  benchmark: 'json',
  kind: 'processor',
  tool: 'node',
  unit: 'ns',
  per: 'operation',
  of: 'change',
  base: { total: 1_000_000, idle: 0, operations: 100 },
  head: { total: 1_500_000, idle: 0, operations: 100 },
  functions: [
    one('escape', 200_000, 700_000, 1),
    one('main', 100_000, 100_000, 0),
    one('render', 100_000, 100_000, 0),
    one('sort', 600_000, 600_000, 0),
  ],
  tree: [
    [-1, 1, 1_000_000, 1_500_000],
    [0, 2, 300_000, 800_000],
    [1, 0, 200_000, 700_000],
    [0, 3, 600_000, 600_000],
  ],
}
const MEMORY: Profile = {
  ...PROFILE,
  kind: 'memory',
  per: 'execution',
  unit: 'B',
  base: { total: 1e6, idle: 0 },
  head: { total: 9e6, idle: 0 },
  functions: [one('keep', 1e6, 9e6, 1)],
  tree: [[-1, 0, 1e6, 9e6]],
}

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

    async function opened(profiles: readonly Profile[], look: Look = {}) {
      const told = await browser.open(html({ ...made, profiles }), look, '#b-json/revive')
      await told.page.locator('td.panels').scrollIntoViewIfNeeded()
      await told.page.waitForSelector('.boxes button')
      return told
    }
    const names = (page: Page) =>
      page.$$eval('.boxes button', (all) =>
        all.map((box) => [box.textContent, (box as HTMLElement).dataset.own].filter(Boolean).join(' ')),
      )
    const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent)

    test('boxes as wide as the time at head, below what called them, coloured by what they grew by', async () => {
      const { page, errors, requests } = await opened([PROFILE])
      expect(await names(page)).toEqual(['all', 'main', 'render', 'escape ▲ 100 %', 'sort'])
      const boxes = await page.$$eval('.boxes button', (all) =>
        all.map((box) => {
          const { left, top, width } = box.getBoundingClientRect()
          return { left, top, width, colour: getComputedStyle(box).backgroundColor, tone: box.className }
        }),
      )
      const [whole, , render, escaping, sort] = boxes as [(typeof boxes)[0], ...typeof boxes]
      expect(render!.width / whole.width).toBeCloseTo(8 / 15, 2)
      expect(sort!.left).toBeCloseTo(render!.left + render!.width, 0)
      expect(sort!.top).toBe(render!.top)
      expect(escaping!.top).toBeGreaterThan(render!.top)
      expect(boxes.map(({ tone }) => tone)).toEqual(['grew-4', 'grew-4', 'grew-4', 'grew-4', ''])
      expect(escaping!.colour).not.toBe(sort!.colour)
      expect(await page.getAttribute('.boxes button:nth-child(4)', 'aria-label')).toBe(
        'escape, src/text.js:12: 200 → 700 µs, 46.7 % of head; of the change 100 %, 100 % by itself',
      )
      expect(await page.$$eval('.grown tbody tr', (rows) => rows.map((row) => row.textContent))).toEqual([
        '100 %escapesrc/text.js:12200 → 700 µs',
      ])
      expect([errors, requests]).toEqual([[], []])
    })

    test('arrows walk, Enter opens to the whole width, Escape shows all again; one stop for Tab', async () => {
      const { page } = await opened([PROFILE])
      expect(await page.$$eval('.boxes [tabindex="0"]', (all) => all.length)).toBe(1)
      await page.focus('.boxes [tabindex="0"]')
      for (const key of ['ArrowDown', 'ArrowDown', 'ArrowRight', 'ArrowLeft', 'ArrowDown'])
        await page.keyboard.press(key)
      expect(await focused(page)).toBe('escape')
      expect(await page.textContent('.box-told')).toMatch(/^escape, src\/text\.js:12: 200 → 700 µs/)
      await page.keyboard.press('ArrowUp')
      await page.keyboard.press('Enter')
      expect(await names(page)).toEqual(['all', 'main', 'render', 'escape ▲ 100 %'])
      expect(await focused(page)).toBe('render')
      const [whole, render] = await page.$$eval('.boxes button', (all) =>
        [all[0]!, all[2]!].map((box) => box.getBoundingClientRect().width),
      )
      expect(render).toBe(whole)
      await page.keyboard.press('Escape')
      expect(await names(page)).toHaveLength(5)
      expect(await page.$$eval('.boxes [tabindex="0"]', (all) => all.length)).toBe(1)
    })

    test('a click opens, a second one goes a step back', async () => {
      const { page } = await opened([PROFILE])
      await page.click('.boxes button:has-text("escape")')
      expect(await names(page)).toEqual(['all', 'main', 'render', 'escape ▲ 100 %'])
      await page.click('.boxes button:has-text("escape")')
      const widths = await page.$$eval('.boxes button', (all) =>
        all.map((box) => box.getBoundingClientRect().width),
      )
      expect(widths[3]! / widths[0]!).toBeCloseTo(7 / 8, 2)
    })

    test('most of the change is to be seen from the top, and what grew by itself is marked', async () => {
      const { page } = await opened([madeProfile('json')])
      expect(await page.$$eval('.boxes .grew-4', (all) => all.map((box) => box.textContent))).toEqual([
        ...['all', 'parserOnIncoming', 'emit', 'handle', 'route', 'checkout', 'price', 'tax', 'rateOf'],
      ])
      const marked = (await names(page)).filter((name) => name.includes('▲'))
      expect(marked).toEqual(expect.arrayContaining(['tax ▲ 8 %', 'rateOf ▲ 52 %', 'sort ▲ 26 %']))
      expect(await page.textContent('figure.wide figcaption + div')).toMatch(
        /^Processor time per operation 439 → 617 µs \(\+40\.5 %\)\.grew/,
      )
    })

    test('time or memory, where there are both; where it is not worse, nothing', async () => {
      const { page } = await opened([PROFILE, MEMORY])
      await page.selectOption('select[aria-label="Profile of"]', { label: 'memory' })
      expect(await names(page)).toEqual(['all', 'keep ▲ 100 %'])
      await page.evaluate(() => (location.hash = '#b-render'))
      await page.waitForSelector('tbody[id="b-render"] .pictures figure')
      expect(await page.$$eval('tbody[id="b-render"] .boxes', (all) => all.length)).toBe(0)
    })

    for (const look of [{}, { dark: true }, { width: 390, height: 844 }])
      test(`axe finds nothing, and nothing is too wide: ${JSON.stringify(look)}`, async () => {
        const { page } = await opened([PROFILE, MEMORY], look)
        await page.evaluate(axe)
        const found = await page.evaluate(async () => {
          const { axe } = window as unknown as {
            axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }
          }
          return (await axe.run()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160)}`)
        })
        expect(found).toEqual([])
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
        expect(over).toBeLessThanOrEqual(0)
      })

    test('names of functions do nothing', async () => {
      const hostile = '</script><img src=x onerror=document.title="hit">\u202e'
      const functions = PROFILE.functions.map((each) => ({ ...each, name: hostile, file: hostile }))
      const { page, errors } = await opened([{ ...PROFILE, functions }])
      expect(await page.title()).not.toBe('hit')
      expect(await page.$$eval('img', (all) => all.length)).toBe(0)
      expect((await names(page))[1]).toBe('</script><img src=x onerror=document.title="hit">')
      expect(errors).toEqual([])
    })
  },
)
