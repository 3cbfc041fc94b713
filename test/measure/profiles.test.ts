/** What is seen of real Node.js processes, however they are started and ended. */
import { spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type Collected, collectProfiles } from '../../src/measure/profiles/collect.ts'
import { nodeInstrument } from '../../src/measure/profiles/instrument.ts'
import { temporaryFolder } from '../cli/repository.ts'

const SPEND = `
function spend() {
  const until = process.cpuUsage().user + 60_000
  let sum = 0
  while (process.cpuUsage().user < until) for (let i = 0; i < 1e5; i++) sum += Math.sqrt(i)
  return sum
}
`

interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly collected: Collected
  readonly functions: ReadonlySet<string>
}

/** Runs a shell line in a folder of `files`, below a path with a blank in it; ends it once it prints `ready`. */
async function seen(
  line: string,
  files: Readonly<Record<string, string>>,
  { NODE_OPTIONS, signal }: { NODE_OPTIONS?: string; signal?: NodeJS.Signals } = {},
): Promise<Ended> {
  const folder = join(temporaryFolder(), 'a "place" of its own')
  mkdirSync(folder)
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  const instrument = nodeInstrument(join(folder, 'instrument'))
  const given = { ...process.env, NODE_OPTIONS }
  const child = spawn('sh', ['-c', instrument.line(line)], {
    cwd: folder,
    env: { ...given, ...instrument.env(given) },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  child.stdout.once('data', () => signal !== undefined && child.kill(signal))
  const [code, by] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve) =>
    child.once('close', (...how) => resolve(how)),
  )
  const collected = await collectProfiles(instrument, new AbortController().signal)
  const nodes = collected.processor.flatMap((stacks) => stacks.nodes)
  const functions = new Set(nodes.filter(({ self }) => self > 1e6).map(({ frame }) => frame.name))
  return { code, signal: by, collected, functions }
}

test('the processes that a script starts, and the options that it has already', async () => {
  const parent = `${SPEND}
import { execFileSync } from 'node:child_process'
execFileSync(process.execPath, ['child.cjs'])
if (process.emitWarning !== undefined && !process.execArgv.concat(process.env.NODE_OPTIONS).join(' ').includes('--no-warnings')) process.exit(3)
`
  const child = `${SPEND.replaceAll('spend', 'childSpends')}\nchildSpends()\nprocess.exit(0)\n`
  const { code, collected, functions } = await seen(
    'node parent.mjs',
    { 'parent.mjs': parent, 'child.cjs': child },
    {
      NODE_OPTIONS: '--no-warnings',
    },
  )
  expect(code).toBe(0)
  expect(collected.processor).toHaveLength(2)
  expect(collected.memory).toHaveLength(2)
  expect(functions).toContain('childSpends')
})

test('a signal is obeyed as without, and what was seen until then is told', async () => {
  const { code, signal, functions } = await seen(
    'exec node a.cjs',
    {
      'a.cjs': `${SPEND}\nspend()\nconsole.log('ready')\nsetInterval(() => {}, 1000)`,
    },
    { signal: 'SIGTERM' },
  )
  expect([code, signal]).toEqual([null, 'SIGTERM'])
  expect(functions).toContain('spend')
})

test('who has a way of its own to end keeps it', async () => {
  const { code, collected } = await seen(
    'exec node a.cjs',
    {
      'a.cjs': `${SPEND}\nprocess.on('SIGTERM', () => process.exit(7))\nspend()\nconsole.log('ready')\nsetInterval(() => {}, 1000)`,
    },
    { signal: 'SIGTERM' },
  )
  expect([code, collected.processor.length]).toEqual([7, 1])
})

test('a worker thread is told though its main thread ends it', async () => {
  const { code, functions } = await seen('node a.cjs', {
    'a.cjs': `
const { readdirSync } = require('node:fs')
const { Worker, isMainThread } = require('node:worker_threads')
if (isMainThread) {
  new Worker(__filename)
  // Until a first piece is there.
  setInterval(() => {
    if (readdirSync(process.env.TAILGATE_PROFILES).some((name) => /-1-0\\.cpuprofile$/.test(name))) process.exit(0)
  }, 20)
} else {
  ${SPEND}
  setInterval(function spends() { spend() }, 10)
}
`,
  })
  expect(code).toBe(0)
  expect(functions).toContain('spend')
})

test('package managers only start what is looked for; a cut profile is passed over', async () => {
  const { collected } = await seen('node npm-cli.js', { 'npm-cli.js': 'process.exit(0)' })
  expect(collected.files).toEqual([])
  const strange = `
const { execFileSync } = require('node:child_process')
const { symlinkSync, writeFileSync } = require('node:fs')
const folder = process.env.TAILGATE_PROFILES
writeFileSync(folder + '/1-0-0.cpuprofile', '{"nodes":[')
symlinkSync('/dev/zero', folder + '/2-0-0.cpuprofile')
execFileSync('mkfifo', [folder + '/3-0-0.cpuprofile'])
`
  const cut = await seen('node a.cjs', { 'a.cjs': strange })
  expect([cut.collected.files.length, cut.collected.processor.length]).toEqual([3, 1])
})
