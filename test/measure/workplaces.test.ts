import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { UserError } from '../../src/core/errors.ts'
import type { Plan } from '../../src/core/plan.ts'
import { type Prepared, type PrepareJob, prepare } from '../../src/measure/workplaces.ts'
import { commit, folder, git, repository, snapshot, write } from './sandbox.ts'

const PLAN: Plan = {
  benchmarks: [],
  statistics: ['p50'],
  thresholds: {},
  overrides: [],
  compare: 'base',
  rounds: { min: 6, max: 30, warmup: 1 },
  falseAlarms: 0.01,
  time: 60_000,
  buildTimeout: 20_000,
  carry: [],
  baseline: { store: 'cache', keep: 30, release: false },
  failOn: ['error'],
  file: 'tailgate.yml',
}

interface Done extends Prepared {
  readonly said: string[]
}

/** Temporary folders of a test are its own: what is left in `tmp` is seen. */
function ownTemporary(): string {
  const before = process.env.TMPDIR
  const own = folder()
  process.env.TMPDIR = own
  onTestFinished(() => {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
  })
  return own
}

async function prepared(root: string, plan: Partial<Plan>, more: Partial<PrepareJob> = {}): Promise<Done> {
  const said: string[] = []
  const note = (line: string): void => {
    said.push(line)
  }
  const progress = { say: note, warn: note, round: () => {} }
  const signal = new AbortController().signal
  const done = await prepare({ plan: { ...PLAN, ...plan }, folder: root, progress, signal, ...more })
  onTestFinished(() => done.remove())
  return { ...done, said }
}

async function line(attempt: Promise<unknown>): Promise<string> {
  const error = await attempt.catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(UserError)
  return (error as UserError).line
}

test('base: two copies, each built, the config of base at hand, all gone after', async () => {
  const root = repository({ 'tailgate.yml': 'threshold: 3%\n', 'src.txt': 'old' })
  const temporary = ownTemporary()
  const two = commit(root, { 'tailgate.yml': 'threshold: 5%\n', 'src.txt': 'new' })
  const base = git(root, 'rev-parse', 'HEAD~1')
  const before = snapshot(root)
  const done = await prepared(root, { build: 'echo "$TAILGATE_SIDE $(cat src.txt)" > built; pwd >> built' })
  expect(done.mode).toBe('base')
  expect(done.base).toMatchObject({ commit: base, ref: 'main' })
  expect(done.basePlanText).toBe('threshold: 3%\n')
  expect(done.sides.base).toMatchObject({ side: 'base', commit: base })
  expect(done.sides.head).toMatchObject({ side: 'head', commit: two, ref: 'main' })
  const built = (side: string): string => readFileSync(join(side, 'built'), 'utf8')
  expect(built(done.sides.base!.folder)).toBe(`base old\n${done.sides.base!.folder}\n`)
  expect(built(done.sides.head.folder)).toBe(`head new\n${done.sides.head.folder}\n`)
  expect(done.said).toEqual([
    expect.stringContaining(`base ${base.slice(0, 7)}: commit before HEAD`),
    `base ${base.slice(0, 7)}: building`,
    'head: building',
  ])
  expect(readdirSync(temporary)).toHaveLength(1)
  done.remove()
  expect(readdirSync(temporary)).toEqual([])
  expect(snapshot(root)).toBe(before)
})

test('a config that base has not got is told apart from one that it has', async () => {
  const root = repository({ 'a.txt': 'a' }, { 'tailgate.yml': 'x' })
  expect((await prepared(root, {})).basePlanText).toBeUndefined()
})

test('a base that cannot be built is said, with its last lines, and nothing stays', async () => {
  const root = repository({ 'a.txt': 'old' }, { 'a.txt': 'new' })
  const temporary = ownTemporary()
  const build =
    '[ "$(cat a.txt)" = old ] && { echo compiling; echo "src/x.c:3: no semicolon" >&2; exit 2; }; true'
  expect(await line(prepared(root, { build }))).toBe(
    'tailgate.yml: build: base could not be built: head was not judged: exit code 2: src/x.c:3: no semicolon',
  )
  expect(await line(prepared(root, { build: 'node x.mjs' }))).toMatch(
    /Cannot find module.*`build:`.*`carry:`/,
  )
  expect(await line(prepared(root, { build: 'sleep 60', buildTimeout: 50 }))).toMatch(/timeout of 0\.05 s/)
  const other = build.replace('= old', '= new')
  expect(await line(prepared(root, { build: other }))).toMatch(
    /^tailgate\.yml: build: head could not be built: exit/,
  )
  expect(readdirSync(temporary)).toEqual([])
})

test('sides: one copy under two environments, built once', async () => {
  const root = repository({ 'a.txt': 'a' })
  write(root, { 'a.txt': 'changed' })
  const sides = { base: { IMPL: 'old' }, head: { IMPL: 'new' } }
  const done = await prepared(root, { compare: 'sides', sides, build: 'echo built >> built' })
  expect(done.sides.base!.folder).toBe(done.sides.head.folder)
  expect(done.sides.head.folder).not.toBe(root)
  expect([done.sides.base!.env, done.sides.head.env]).toEqual([{ IMPL: 'old' }, { IMPL: 'new' }])
  expect(readFileSync(join(done.sides.head.folder, 'a.txt'), 'utf8')).toBe('changed')
  expect(done.sides.head.dirty).toBe(true)
  expect(readFileSync(join(done.sides.head.folder, 'built'), 'utf8')).toBe('built\n')
  expect(existsSync(join(root, 'built'))).toBe(false)
  const bare = await prepared(folder(), { compare: 'sides', sides })
  expect(bare.said[0]).toMatch(/not in a git repository/)
})

test('none and history run in the working tree, in a repository or not', async () => {
  const root = repository({ 'a.txt': 'a' })
  for (const compare of ['none', 'history'] as const) {
    const done = await prepared(root, { compare })
    expect(done.mode).toBe(compare)
    expect(done.sides).toEqual({
      head: { side: 'head', folder: root, commit: git(root, 'rev-parse', 'HEAD'), ref: 'main', env: {} },
    })
    expect(dirname(done.scratch)).not.toBe(root)
  }
  const bare = folder()
  expect((await prepared(bare, { compare: 'none' })).sides).toEqual({
    head: { side: 'head', folder: bare, env: {} },
  })
})

test('auto: base where it can be had, else history with the reason', async () => {
  const root = repository({ 'a.txt': '1' })
  const alone = await prepared(root, { compare: 'auto' })
  expect(alone.mode).toBe('history')
  expect(alone.noBase).toMatch(/is the first commit/)
  commit(root, { 'a.txt': '2' })
  expect((await prepared(root, { compare: 'auto' })).mode).toBe('base')
  expect(await line(prepared(root, { compare: 'auto', build: 'exit 1' }))).toMatch(/base could not be built/)
})

test('an abort while building leaves nothing', async () => {
  const root = repository({ 'a.txt': '1' }, { 'a.txt': '2' })
  const temporary = ownTemporary()
  const controller = new AbortController()
  const progress = {
    say: (line: string) => {
      if (line.endsWith('building')) controller.abort()
    },
    warn: () => {},
    round: () => {},
  }
  await expect(
    prepared(root, { build: 'sleep 60' }, { signal: controller.signal, progress }),
  ).rejects.toThrow(/abort/)
  expect(readdirSync(temporary)).toEqual([])
})
