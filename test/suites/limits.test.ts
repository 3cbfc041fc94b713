/** Faults that need rights or tools: they are tried where those are there. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, statfsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { Disturbance, FaultPlan } from '../../src/core/fault-plan.ts'
import { diskFull } from '../../src/measure/faults/disk-full.ts'
import { benchmark, load, service, stage, value } from './world.ts'

/** Needs half a gigabyte of address space for a moment, or room on its disk, for every answer. */
const HUNGRY = `
import { createServer } from 'node:http'
import { rmSync, writeFileSync } from 'node:fs'
createServer((request, response) => {
  try {
    if (request.url === '/memory') Buffer.alloc(500e6)
    if (request.url === '/disk') {
      writeFileSync('data/next', Buffer.alloc(20000))
      rmSync('data/next')
    }
    response.end('ok')
  } catch { response.statusCode = 503; response.end('no') }
}).listen(Number(process.env.PORT), '127.0.0.1')
`
const api = service('api', { start: 'exec node hungry.mjs' })

function under(path: string, disturbance: Disturbance) {
  const fault: FaultPlan = { name: 'fault', after: 1000, for: 400, disturbance, window: 300, tolerance: 9 }
  return benchmark({ load: load(path, { rate: 50, duration: 2800, timeout: 500 }), faults: [fault] })
}

const noPrlimit = process.platform !== 'linux' || spawnSync('prlimit', ['--version']).status !== 0

test.skipIf(noPrlimit)('memory that is limited is refused, and given again', async () => {
  const one = under('/memory', { kind: 'memory', service: 'api', limit: 450e6 })
  const outcome = await stage({ 'hungry.mjs': HUNGRY }).execute(one, [api])
  expect(value(outcome, 'fault_errors', 'a/fault')).toBeGreaterThan(0)
  expect(value(outcome, 'recovered', 'a/fault')).toBe(1)
})

/** Ends at the first refusal and is started again, still under the limit. */
const MORTAL = HUNGRY.replace('rmSync, writeFileSync', 'existsSync, rmSync, writeFileSync').replace(
  '} catch {',
  "} catch { if (!existsSync('died')) { writeFileSync('died', ''); process.exit(1) }",
)

test.skipIf(noPrlimit)('what was started under the limit is given memory again too', async () => {
  const one = under('/memory', { kind: 'memory', service: 'api', limit: 450e6 })
  const api = service('api', { start: 'while :; do node mortal.mjs; done' })
  const { root, execute } = stage({ 'mortal.mjs': MORTAL })
  const outcome = await execute(one, [api])
  expect(existsSync(join(root, 'died'))).toBe(true)
  expect(value(outcome, 'recovered', 'a/fault')).toBe(1)
})

/** Whether a small file system may be mounted here. */
function mounted(folder: string): boolean {
  mkdirSync(folder)
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder]).status !== 0) return false
  onTestFinished(() => void spawnSync('umount', [folder]))
  return true
}

test.skipIf(process.platform !== 'linux')('a full disk is noticed, and emptied again', async ({ skip }) => {
  const { root, execute } = stage({ 'hungry.mjs': HUNGRY })
  const folder = join(root, 'data')
  if (!mounted(folder)) skip('nothing may be mounted here')
  const outcome = await execute(under('/disk', { kind: 'disk-full', folder: 'data', leave: 0 }), [api])
  expect(value(outcome, 'fault_errors', 'a/fault')).toBeGreaterThan(0)
  expect(value(outcome, 'recovered', 'a/fault')).toBe(1)
  expect(existsSync(join(folder, '.tailgate-ballast'))).toBe(false)
})

test.skipIf(process.platform !== 'linux')('so much room is left on a disk as is to be', async ({ skip }) => {
  const { root } = stage()
  if (!mounted(join(root, 'data'))) skip('nothing may be mounted here')
  const free = (): number => {
    const { bavail, bsize } = statfsSync(join(root, 'data'))
    return bavail * bsize
  }
  const scene = {
    service: () => undefined,
    relays: () => [],
    folder: root,
    env: {},
    scratch: join(root, 'scratch'),
    signal: new AbortController().signal,
  }
  const told = { kind: 'disk-full', folder: 'data', leave: 300_000 } as const
  const before = free()
  expect(diskFull.hindrance(told, scene)).toBeUndefined()
  const injected = await diskFull.inject(told, scene)
  expect(free()).toBeGreaterThan(290_000)
  expect(free()).toBeLessThan(310_000)
  await injected.heal()
  expect(free()).toBe(before)
})
