import { rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { KEYS, openConfig } from './config.mjs'

const folder = join(tmpdir(), `configuration-${process.env.PORT}`)
const config = openConfig(folder)
let turn = 0
let other = 0
const ROUTES = {
  '/get': () => config.get(KEYS[turn++ % KEYS.length]),
  '/set': () => config.rotate(),
  '/switch': () => config.switchTo(other++ % 2 === 0 ? 'staging' : 'production'),
  '/reload': () => config.reload(),
  '/version': () => config.snapshot().version,
  '/spoil': () => {
    config.spoil()
    return config.reload()
  },
  '/repair': () => {
    config.repair()
    return config.reload()
  },
  // Every value of one answer must be of one version.
  '/whole': () => {
    const { version, values } = config.snapshot()
    if (KEYS.some((key) => values[key].version !== version)) throw new Error('a partial read')
    return version
  },
}
createServer((request, response) => {
  const route = ROUTES[request.url]
  try {
    response.statusCode = route === undefined ? 404 : 200
    response.end(JSON.stringify(route?.() ?? null))
  } catch (error) {
    response.statusCode = 500
    response.end(error.message)
  }
}).listen(process.env.PORT, '127.0.0.1')
process.on('SIGTERM', () => {
  // For suites: what a round wrote is of no use to anybody else.
  if (process.env.THROW_AWAY === '1') rmSync(folder, { recursive: true, force: true })
  process.exit(0)
})
