/**
 * Draws the pictures of docs/images in a browser: the page, and comments as GitHub shows them. What renders comments is
 * no dependency: install it elsewhere and name the folder.
 *   npm install --prefix /tmp/gfm unified remark-parse remark-gfm remark-rehype rehype-raw rehype-sanitize \
 *     rehype-stringify github-markdown-css
 *   node build/run.mjs build/screens.ts /tmp/gfm
 */
import { mkdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { html } from '../src/reporters/html.ts'
import { markdown } from '../src/reporters/markdown.ts'
import type { Browser, Look } from '../test/page/browser.ts'
import { launch } from '../test/page/browser.ts'
import { madeProfile } from '../test/page/made-profile.ts'
import { ordinary } from '../test/page/made-report.ts'
import { madeSuite } from '../test/page/made-suite.ts'
import { CASES } from '../test/reporters/reports.ts'

const OUT = 'docs/images'

interface Pipeline {
  use(plugin: unknown, options?: unknown): Pipeline
  process(text: string): Promise<unknown>
}

/** Markdown to HTML by GitHub's grammar and its list of what may stand in a comment. */
async function renderer(folder: string): Promise<(text: string) => Promise<string>> {
  const load = async (name: string): Promise<Record<string, unknown>> =>
    import(pathToFileURL(join(resolve(folder), 'node_modules', name, 'index.js')).href)
  const { unified } = (await load('unified')) as { unified: () => Pipeline }
  const plugin = async (name: string): Promise<unknown> => (await load(name)).default
  const pipeline = unified()
    .use(await plugin('remark-parse'))
    .use(await plugin('remark-gfm'))
    .use(await plugin('remark-rehype'), { allowDangerousHtml: true })
    .use(await plugin('rehype-raw'))
    .use(await plugin('rehype-sanitize'))
    .use(await plugin('rehype-stringify'))
  return async (text) => String(await pipeline.process(text))
}

async function comments(browser: Browser, folder: string): Promise<void> {
  const render = await renderer(folder)
  for (const dark of [false, true]) {
    const scheme = dark ? 'dark' : 'light'
    const css = readFileSync(
      join(folder, 'node_modules', 'github-markdown-css', `github-markdown-${scheme}.css`),
      'utf8',
    )
    const frame = 'body{margin:0;padding:16px 20px;box-sizing:border-box}'
    for (const name of dark ? ['regression'] : ['regression', 'green', 'inconclusive', 'error', 'suite']) {
      const body = await render(markdown(CASES[name] ?? madeSuite({ alone: true, broken: true })))
      const page = `<!doctype html><meta charset="utf-8"><style>${css}${frame}</style><body class="markdown-body">${body}`
      const { page: opened } = await browser.open(page, { dark, width: 860, height: 200 })
      await opened.screenshot({ path: `${OUT}/comment-${name}${dark ? '-dark' : ''}.png`, fullPage: true })
    }
  }
}

async function pages(browser: Browser): Promise<void> {
  const report = html(ordinary())
  const suite = html(madeSuite({ alone: true, broken: true }))
  const shots: readonly (readonly [name: string, look: Look, hash: string])[] = [
    ['report', { width: 1200, height: 800 }, ''],
    ['report-benchmark', { width: 1200, height: 960 }, '#b-json/revive'],
    ['report-benchmark-dark', { width: 1200, height: 960, dark: true }, '#b-json/revive'],
    ['report-phone', { width: 390, height: 844 }, '#b-json/revive'],
  ]
  for (const [name, look, hash] of shots) {
    const { page } = await browser.open(report, look, hash)
    if (hash !== '') await page.waitForSelector('.pictures canvas')
    await page.waitForTimeout(300)
    await page.screenshot({ path: `${OUT}/${name}.png` })
  }
  const { page } = await browser.open(suite, { width: 1200, height: 900 })
  await page.screenshot({ path: `${OUT}/report-suite.png` })
  const { page: faulted } = await browser.open(html(madeSuite()), { width: 1200, height: 760 }, '#b-checkout')
  await faulted.waitForSelector('.told-only')
  await faulted.$eval('.told-only', (figure) => figure.scrollIntoView({ block: 'start' }))
  await faulted.waitForTimeout(500)
  await faulted.screenshot({ path: `${OUT}/report-faults.png` })
  const profiled = html({ ...ordinary(), profiles: [madeProfile('json')] })
  const { page: flames } = await browser.open(profiled, { width: 1200, height: 900 }, '#b-json/revive')
  await flames.waitForSelector('.boxes button')
  await flames.locator('figure.wide').screenshot({ path: `${OUT}/report-flames.png` })
}

const [folder] = process.argv.slice(2)
if (folder === undefined) throw new Error('usage: node build/run.mjs build/screens.ts FOLDER')
mkdirSync(OUT, { recursive: true })
const browser = await launch()
try {
  await comments(browser, folder)
  await pages(browser)
} finally {
  await browser.close()
}
