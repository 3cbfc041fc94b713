/** A real browser that has nothing but the page: what it asks of the network is counted. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { BrowserContext, Page } from 'playwright-core'
import { chromium } from 'playwright-core'

export const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium'

/** Why tests in a browser are skipped; undefined where there is one. */
export const noBrowser: string | undefined = existsSync(CHROMIUM)
  ? undefined
  : `no browser at ${CHROMIUM}: install chromium, or name one in $CHROMIUM`

export interface Opened {
  readonly page: Page
  /** Console errors and exceptions of the page. */
  readonly errors: readonly string[]
  /** Whatever was asked for besides the file itself. */
  readonly requests: readonly string[]
  /** Seconds that the processor was busy with the page's main thread so far: no clock that other programs slow down. */
  busy(): Promise<number>
}

export interface Look {
  readonly dark?: boolean
  readonly width?: number
  readonly height?: number
  readonly script?: boolean
}

export interface Browser {
  open(page: string, look?: Look, hash?: string): Promise<Opened>
  /** Closes every page. */
  clear(): Promise<void>
  close(): Promise<void>
}

export async function launch(): Promise<Browser> {
  const folder = mkdtempSync(join(tmpdir(), 'tailgate-page-'))
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: [
      ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
      ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
    ],
  })
  const contexts: BrowserContext[] = []
  let files = 0
  return {
    async open(text, { dark = false, width = 1200, height = 900, script = true } = {}, hash = '') {
      const file = join(folder, `${files++}.html`)
      writeFileSync(file, text)
      const context = await browser.newContext({
        viewport: { width, height },
        colorScheme: dark ? 'dark' : 'light',
        javaScriptEnabled: script,
      })
      contexts.push(context)
      const page = await context.newPage()
      const errors: string[] = []
      const requests: string[] = []
      const address = pathToFileURL(file).href
      page.on('console', (message) => {
        if (message.type() === 'error') errors.push(message.text())
      })
      page.on('pageerror', (error) => errors.push(String(error)))
      page.on('dialog', (dialog) => {
        errors.push(`dialog: ${dialog.message()}`)
        void dialog.dismiss()
      })
      page.on('request', (request) => {
        if (!request.url().startsWith(address)) requests.push(request.url())
      })
      const session = await context.newCDPSession(page)
      await session.send('Performance.enable', { timeDomain: 'threadTicks' })
      await page.goto(address + hash)
      const busy = async () => {
        const { metrics } = await session.send('Performance.getMetrics')
        return metrics.find(({ name }) => name === 'TaskDuration')!.value
      }
      return { page, errors, requests, busy }
    },
    async clear() {
      for (const context of contexts.splice(0)) await context.close()
    },
    async close() {
      await browser.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
