import { readFileSync, statSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { scriptEnvironment } from '../../src/measure/environment.ts'
import { type Ended, lastWords, runLine, type ShellLine, troubleOf } from '../../src/measure/process.ts'
import { folder, processesWith } from './sandbox.ts'

function run(line: string, more: Partial<ShellLine> = {}): Promise<Ended> {
  const scratch = folder()
  return runLine({
    line,
    folder: scratch,
    env: process.env,
    timeout: 20_000,
    signal: new AbortController().signal,
    scratch,
    ...more,
  })
}

/** A text that no other process has in its command line. */
function tag(): string {
  return `t${process.hrtime.bigint()}`
}

test('what a line prints is in files, and its exit code is told', async () => {
  const ended = await run('echo out; echo err >&2; exit 3')
  expect(ended.ending).toEqual({ kind: 'exited', code: 3 })
  expect(readFileSync(ended.stdout, 'utf8')).toBe('out\n')
  expect(lastWords(ended)).toBe('err')
  expect(troubleOf(ended.ending)).toBe('exit code 3')
  expect(ended.outlived).toBe(0)
})

test('a line that a signal ends says which', async () => {
  expect(troubleOf((await run('kill -KILL $$')).ending)).toBe('killed by SIGKILL (out of memory?)')
  expect(troubleOf((await run('sh -c "kill -SEGV \\$\\$"; exit $?')).ending)).toBe('exit code 139 (SIGSEGV)')
  expect(troubleOf((await run('no-such-command-anywhere')).ending)).toBe('exit code 127 (command not found)')
})

test('a folder that is not there is said, not mistaken for a missing shell', async () => {
  const ended = await run('true', { folder: '/nowhere/at/all' })
  expect(troubleOf(ended.ending)).toBe('could not be started: there is no folder /nowhere/at/all')
})

test('at the timeout the whole tree ends: a group of its own, a session of its own, a daemon, one deaf to SIGTERM', async () => {
  const name = tag()
  const line = [
    `sh -c 'sleep 60; : ${name}' &`,
    `setsid sh -c 'sleep 60; : ${name}' &`,
    `(setsid sh -c '(sleep 60; : ${name}) & exit 0' &)`,
    // Emptied its environment and has a group of its own, in the same session.
    `bash -c 'set -m; env -i sleep 61.${name.slice(-6)} &'`,
    // Emptied its environment, left the session, but its parent is known.
    `env -i ${process.execPath} -e 'require("child_process").spawn("setsid",["sleep","60.${name.slice(-6)}"])' ${name} &`,
    `sh -c 'trap "" TERM; while :; do sleep 0.05; done; : ${name}'`,
  ].join('\n')
  const ended = await run(line, { timeout: 600, grace: 100 })
  expect(ended.ending).toEqual({ kind: 'timeout', after: 600 })
  expect(processesWith(name)).toEqual([])
  expect(processesWith(`60.${name.slice(-6)}`)).toEqual([])
  expect(processesWith(`61.${name.slice(-6)}`)).toEqual([])
})

test('children that outlive their script are ended and counted', async () => {
  const name = tag()
  const ended = await run(`setsid sh -c 'sleep 60; : ${name}' & sh -c 'sleep 60; : ${name}' & exit 0`)
  expect(ended.ending).toEqual({ kind: 'exited', code: 0 })
  expect(ended.outlived).toBeGreaterThanOrEqual(2)
  expect(processesWith(name)).toEqual([])
})

test('a child that went on writing has ended before the output is read', async () => {
  const ended = await run('(while :; do echo more; done) & sleep 0.1; exit 0')
  const { size } = statSync(ended.stdout)
  expect(readFileSync(ended.stdout).length).toBe(size)
})

test('an abort ends it at once, and an aborted signal starts nothing', async () => {
  const controller = new AbortController()
  const name = tag()
  const running = run(`sleep 60; : ${name}`, { signal: controller.signal })
  controller.abort()
  expect((await running).ending.kind).toBe('aborted')
  expect(processesWith(name)).toEqual([])
  expect((await run('echo x > y', { signal: controller.signal })).ending.kind).toBe('aborted')
})

test('100 MB of output is kept in a file, not in memory', async () => {
  const before = process.memoryUsage().rss
  const ended = await run('head -c 100000000 /dev/zero')
  expect(statSync(ended.stdout).size).toBe(100_000_000)
  expect(process.memoryUsage().rss - before).toBeLessThan(80e6)
  truncateSync(ended.stdout)
})

test('what a finished line has in its pipes is still written', async () => {
  const ended = await run('(sleep 0.02; echo last) & exit 0', { linger: 10_000 })
  expect(readFileSync(ended.stdout, 'utf8')).toBe('last\n')
  expect(ended.outlived).toBe(0)
})

test('a flood is ended, on standard output and in a watched file', async () => {
  const first = await run('yes', { limit: 1e6 })
  expect(first.ending).toEqual({ kind: 'flooded', limit: 1e6 })
  const scratch = folder()
  const file = join(scratch, 'results')
  const second = await run(`yes > ${file}`, { limit: 1e6, watched: [file] })
  expect(second.ending.kind).toBe('flooded')
  expect(troubleOf({ kind: 'flooded', limit: 4 * 2 ** 30 })).toBe('wrote more than 4.0 GiB, and was ended')
})

test('the last words of a crash are its message, without frames and colours', async () => {
  const ended = await run(`${process.execPath} -e 'throw new Error("\\u001b[31mno disk\\u001b[0m")'`)
  expect(lastWords(ended)).toContain('Error: no disk')
  expect(lastWords(ended)).not.toMatch(/node:internal|Node\.js v|\u001b/)
})

test('a script inherits everything but what belongs to the runner', async () => {
  const env = scriptEnvironment(
    {
      PATH: '/bin',
      HOME: '/h',
      GITHUB_SHA: 'abc',
      ACTIONS_RUNTIME_TOKEN: 's',
      INPUT_NAME: 's',
      STATE_X: 's',
      GITHUB_TOKEN: 's',
      GH_TOKEN: 's',
      github_env: 's',
      GITHUB_PATH: 's',
      GITHUB_OUTPUT: 's',
      GITHUB_STATE: 's',
      GITHUB_STEP_SUMMARY: 's',
      GITHUB_ARTIFACTS_URL: 's',
      GIT_DIR: 's',
    },
    { INPUT_MINE: 'set by the config' },
  )
  expect(env).toEqual({ PATH: '/bin', HOME: '/h', GITHUB_SHA: 'abc', INPUT_MINE: 'set by the config' })
})
