// Runs a TypeScript program of this repository: node build/run.mjs bench/verdicts.ts --corpus DIR
import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { pagePlugin } from './page.mjs'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const [entry, ...args] = process.argv.slice(2)
const folder = join(root, 'node_modules', '.cache', 'tailgate', String(process.pid))
mkdirSync(folder, { recursive: true })
const file = join(folder, `${basename(entry, '.ts')}.mjs`)
await build({
  entryPoints: [resolve(entry)],
  outfile: file,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  packages: 'external',
  define: { __VERSION__: '"development"' },
  plugins: [pagePlugin()],
  logLevel: 'warning',
})
const { status } = spawnSync(process.execPath, [file, ...args], { stdio: 'inherit' })
rmSync(folder, { recursive: true, force: true })
process.exit(status ?? 1)
