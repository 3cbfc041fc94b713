import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { build } from 'esbuild'
import { beforeAll, expect, test } from 'vitest'
import { commit, folder, processesWith, repository, write } from './sandbox.ts'

let driver = ''

beforeAll(async () => {
  const built = await build({
    entryPoints: [join(import.meta.dirname, 'interrupted-driver.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    write: false,
  })
  driver = built.outputFiles[0]!.text
})

interface Driven {
  readonly child: ChildProcessByStdio<null, Readable, Readable>
  /** Where its temporary folders are. */
  readonly temporary: string
  /** Comes when this text has stood on its standard error. */
  said(text: string): Promise<void>
  /** Comes when it has ended. */
  readonly end: Promise<{ code: number | null; stdout: string; stderr: string }>
}

function drive(run: string, ...more: string[]): Driven {
  const root = repository({ 'a.txt': 'a' })
  commit(root, { 'a.txt': 'b' })
  const place = folder()
  write(place, { 'driver.mjs': driver })
  const temporary = join(place, 'tmp')
  mkdirSync(temporary)
  const child = spawn(process.execPath, [join(place, 'driver.mjs'), root, run, ...more], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, TMPDIR: temporary },
  })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (data: Buffer) => (stdout += data))
  child.stderr.on('data', (data: Buffer) => (stderr += data))
  return {
    child,
    temporary,
    said: (text) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (stderr.includes(text)) resolve()
        }
        child.stderr.on('data', look)
        child.on('close', () => reject(new Error(`ended without saying ${text}: ${stderr}`)))
        look()
      }),
    end: new Promise((resolve) => child.on('close', (code) => resolve({ code, stdout, stderr }))),
  }
}

/** Sleeps for ever in the third execution, with a child in a session of its own. */
function hanging(name: string): string {
  return `echo 1; [ "$TAILGATE_ROUND" = 2 ] && { setsid sh -c 'sleep 60; : ${name}' & echo ready > ready; sleep 60; : ${name}; }; true`
}

test('the first Ctrl-C: children end, copies go, what was measured is kept', async () => {
  const name = `i${process.hrtime.bigint()}`
  const driven = drive(hanging(name))
  await driven.said('round 2')
  driven.child.kill('SIGINT')
  const { code, stdout } = await driven.end
  expect(code).toBe(130)
  expect(JSON.parse(stdout)).toEqual({ stoppedBy: 'signal', executions: 4 })
  expect(readdirSync(driven.temporary)).toEqual([])
  expect(processesWith(name)).toEqual([])
})

test('the second signal ends it at once, with a child that is deaf to the first', async () => {
  const name = `i${process.hrtime.bigint()}`
  const deaf = `trap "" TERM INT; echo deaf >&2; while :; do sleep 0.05; done; : ${name}`
  const driven = drive(`echo 1; [ "$TAILGATE_ROUND" = 1 ] && { sh -c '${deaf}'; }; true`)
  await driven.said('round 1')
  while (processesWith(name).length === 0) await new Promise((resolve) => setImmediate(resolve))
  driven.child.kill('SIGINT')
  driven.child.kill('SIGTERM')
  const { code } = await driven.end
  expect([130, 143]).toContain(code)
  expect(readdirSync(driven.temporary)).toEqual([])
  expect(processesWith(name)).toEqual([])
})

test('a crash of the program itself leaves nothing behind', async () => {
  const name = `i${process.hrtime.bigint()}`
  const driven = drive(hanging(name), 'throw')
  const { code, stderr } = await driven.end
  expect(code).toBe(1)
  expect(stderr).toContain('a bug')
  expect(readdirSync(driven.temporary)).toEqual([])
  expect(processesWith(name)).toEqual([])
})
