/**
 * What a start costs, as ratios within one run: `tailgate compare` of two small files against a bare `node -e 0`, in
 * turn; and what the bundles weigh. `npm run bench:start`.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

interface Output {
  readonly bytes: number
  readonly imports: readonly { readonly path: string; readonly external?: boolean }[]
}

const PAIRS = 31
const folder = mkdtempSync(join(tmpdir(), 'tailgate-start-'))
try {
  const meta = join(folder, 'meta.json')
  const dist = join(folder, 'dist')
  const built = spawnSync(process.execPath, ['build/bundle.mjs', '--out', dist, '--meta', meta], {
    stdio: 'inherit',
  })
  if (built.status !== 0) process.exit(2)
  printSizes(JSON.parse(readFileSync(meta, 'utf8')).outputs)
  printStart(join(dist, 'cli.js'))
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function printSizes(outputs: Readonly<Record<string, Output>>): void {
  const entry = (name: string) => Object.keys(outputs).find((path) => path.endsWith(`/dist/${name}`))!
  const reach = (from: string, seen = new Set<string>()): Set<string> => {
    if (!seen.has(from) && outputs[from] !== undefined) {
      seen.add(from)
      for (const { path, external } of outputs[from].imports) if (external !== true) reach(path, seen)
    }
    return seen
  }
  const weight = (paths: Iterable<string>) => [...paths].reduce((sum, path) => sum + outputs[path]!.bytes, 0)
  const rows = [
    ['cli.js with all it can load', weight(reach(entry('cli.js'))), 400_000],
    ['action.js with all it can load', weight(reach(entry('action.js'))), 900_000],
  ] as const
  console.log('bundle                            kB   aim')
  for (const [what, bytes, aim] of rows)
    console.log(
      `${what.padEnd(30)} ${(bytes / 1000).toFixed(0).padStart(5)} ${(aim / 1000).toFixed(0).padStart(5)}`,
    )
}

function printStart(cli: string): void {
  const files = ['base', 'head'].map((name, i) => {
    const file = join(folder, `${name}.ndjson`)
    const values = Array.from({ length: 500 }, (_, k) => 100 + ((k * 7919 + i * 31) % 97))
    writeFileSync(file, `${JSON.stringify({ benchmark: 'x', metric: 'latency', unit: 'us', values })}\n`)
    return file
  })
  const programs: Readonly<Record<string, readonly string[]>> = {
    'node -e 0': ['-e', '0'],
    'tailgate --version': [cli, '--version'],
    'tailgate compare A B': [cli, 'compare', ...files],
  }
  const times = new Map<string, number[]>(Object.keys(programs).map((name) => [name, []]))
  for (let i = 0; i < PAIRS; i++)
    for (const [name, args] of Object.entries(programs)) {
      const start = performance.now()
      spawnSync(process.execPath, args)
      times.get(name)!.push(performance.now() - start)
    }
  const bare = times.get('node -e 0')!
  console.log(`\nstart, ${PAIRS} in turn             ms (median)   × bare (median)   × bare (least)`)
  for (const [name, of] of times) {
    const ratios = of.map((ms, i) => ms / bare[i]!)
    const least = Math.min(...of) / Math.min(...bare)
    console.log(
      `${name.padEnd(30)} ${median(of).toFixed(1).padStart(11)} ${median(ratios).toFixed(2).padStart(17)} ${least.toFixed(2).padStart(16)}`,
    )
  }
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1]!
}
