import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type Checkouts, makeCheckouts } from '../../src/measure/checkouts.ts'
import { readAt } from '../../src/measure/read-at.ts'
import { removeFolder } from '../../src/measure/removal.ts'
import { commit, folder, git, repository, snapshot, write } from './sandbox.ts'

interface Made extends Checkouts {
  readonly warnings: string[]
}

async function checkouts(
  root: string,
  more: { base?: string; carry?: readonly string[]; folder?: string } = {},
): Promise<Made> {
  const warnings: string[] = []
  const made = await makeCheckouts({
    folder: more.folder ?? root,
    into: folder(),
    carry: more.carry ?? [],
    place: 'tailgate.yml',
    warn: (line) => warnings.push(line),
    signal: new AbortController().signal,
    ...(more.base === undefined ? {} : { base: more.base }),
  })
  return { ...made, warnings }
}

function read(...path: string[]): string | undefined {
  const file = join(...path)
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined
}

test('base is the commit, head the working tree as it is, and neither touches the repository', async () => {
  const root = repository({
    '.gitignore': 'ignored\nnode_modules/\n',
    'kept.txt': 'one',
    'changed.txt': 'old',
    'deleted.txt': 'gone',
    'run.sh': '#!/bin/sh\n',
    'with space/ü\n.txt': 'odd',
  })
  chmodSync(join(root, 'run.sh'), 0o755)
  symlinkSync('kept.txt', join(root, 'link'))
  symlinkSync('/nowhere', join(root, 'dangling'))
  const base = commit(root)
  git(root, 'tag', 'v1')
  commit(root, { 'committed.txt': 'new' })
  write(root, {
    'changed.txt': 'new',
    'untracked.txt': 'u',
    'staged.txt': 's',
    ignored: 'i',
    'node_modules/x': 'x',
  })
  git(root, 'add', 'staged.txt')
  rmSync(join(root, 'deleted.txt'))
  const before = snapshot(root)

  const made = await checkouts(root, { base })
  expect(made.base!.length).toBe(made.head.length)
  expect(join(made.base!, '..')).toBe(join(made.head, '..'))
  for (const side of [made.base!, made.head]) {
    expect(read(side, 'kept.txt')).toBe('one')
    expect(read(side, 'with space/ü\n.txt')).toBe('odd')
    expect(readlinkSync(join(side, 'link'))).toBe('kept.txt')
    expect(readlinkSync(join(side, 'dangling'))).toBe('/nowhere')
    expect(statSync(join(side, 'run.sh')).mode & 0o111).toBe(0o111)
    expect(existsSync(join(side, 'ignored'))).toBe(false)
    expect(existsSync(join(side, 'node_modules'))).toBe(false)
  }
  expect([read(made.base!, 'changed.txt'), read(made.head, 'changed.txt')]).toEqual(['old', 'new'])
  expect([read(made.base!, 'deleted.txt'), read(made.head, 'deleted.txt')]).toEqual(['gone', undefined])
  for (const name of ['untracked.txt', 'staged.txt', 'committed.txt']) {
    expect(read(made.base!, name)).toBeUndefined()
    expect(read(made.head, name)).toBeDefined()
  }
  // Repositories of their own, in which a script may ask and write.
  expect(git(made.base!, 'rev-parse', 'HEAD')).toBe(base)
  expect(git(made.base!, 'rev-parse', '--show-toplevel')).toBe(made.base)
  expect(git(made.base!, 'status', '--porcelain')).toBe('')
  expect(git(made.head, 'describe', '--tags')).toMatch(/^v1-1-g/)
  const status = git(made.head, 'status', '--porcelain')
    .split('\n')
    .map((line) => line.trim())
  expect(status.sort()).toEqual(['?? staged.txt', '?? untracked.txt', 'D deleted.txt', 'M changed.txt'])
  expect(snapshot(root)).toBe(before)
  // What a script commits stays in the copy. (Git freshens the time of borrowed objects then, nothing else.)
  const made1 = commit(made.base!, { 'made-by-a-script.txt': 'x' })
  expect(() => git(root, 'cat-file', '-e', made1)).toThrow()
  expect(git(root, 'worktree', 'list').split('\n')).toHaveLength(1)
})

test('the folder of the config is found again in the copies, also where base has none', async () => {
  const root = repository({ 'a.txt': 'a' })
  const base = git(root, 'rev-parse', 'HEAD')
  commit(root, { 'packages/p/tailgate.yml': 'x' })
  const made = await checkouts(root, { base, folder: join(root, 'packages/p') })
  expect(made.head).toMatch(/\/head\/packages\/p\/?$/)
  expect(read(made.head, 'tailgate.yml')).toBe('x')
  expect(statSync(made.base!).isDirectory()).toBe(true)
})

test('a shallow clone, a linked worktree, a line-end filter and a sparse checkout are copied as they are', async () => {
  const root = repository({ 'a.txt': 'a', 'in/x': 'x', 'out/y': 'y' }, { 'b.txt': 'b' })
  const shallow = join(folder(), 'shallow')
  execFileSync('git', ['clone', '-q', '--depth=1', `file://${root}`, shallow])
  const fromShallow = await checkouts(shallow, { base: git(shallow, 'rev-parse', 'HEAD') })
  expect(read(fromShallow.base!, 'b.txt')).toBe('b')
  expect(git(fromShallow.base!, 'log', '--oneline').split('\n')).toHaveLength(1)

  const linked = join(folder(), 'linked')
  git(root, 'worktree', 'add', '-q', '--detach', linked, 'HEAD~1')
  write(linked, { 'new.txt': 'n' })
  const fromLinked = await checkouts(linked, { base: git(root, 'rev-parse', 'HEAD') })
  expect([read(fromLinked.base!, 'b.txt'), read(fromLinked.head, 'b.txt')]).toEqual(['b', undefined])
  expect(read(fromLinked.head, 'new.txt')).toBe('n')

  const crlf = repository({ '.gitattributes': '*.txt text eol=crlf\n', 'a.txt': 'one\n' })
  const fromCrlf = await checkouts(crlf, { base: git(crlf, 'rev-parse', 'HEAD') })
  expect(read(fromCrlf.base!, 'a.txt')).toBe('one\r\n')

  git(root, 'sparse-checkout', 'set', 'in')
  const fromSparse = await checkouts(root, { base: git(root, 'rev-parse', 'HEAD~1') })
  for (const side of [fromSparse.base!, fromSparse.head]) {
    expect(read(side, 'in/x')).toBe('x')
    expect(existsSync(join(side, 'out'))).toBe(false)
  }
})

test('submodules come along at the commit that each side names', async () => {
  const library = repository({ 'lib.txt': 'one' })
  const first = git(library, 'rev-parse', 'HEAD')
  const root = repository({ 'a.txt': 'a' })
  git(root, '-c', 'protocol.file.allow=always', 'submodule', 'add', '-q', library, 'lib')
  const base = commit(root)
  commit(library, { 'lib.txt': 'two' })
  git(join(root, 'lib'), 'fetch', '-q')
  git(join(root, 'lib'), 'checkout', '-q', 'origin/main')
  commit(root)
  write(root, { 'lib/untracked.txt': 'u' })
  const before = snapshot(root)
  const made = await checkouts(root, { base })
  expect([read(made.base!, 'lib/lib.txt'), read(made.head, 'lib/lib.txt')]).toEqual(['one', 'two'])
  expect(read(made.head, 'lib/untracked.txt')).toBe('u')
  expect(git(join(made.base!, 'lib'), 'rev-parse', 'HEAD')).toBe(first)
  expect(snapshot(root)).toBe(before)

  // Not initialised: empty on both sides, and said.
  const clone = join(folder(), 'clone')
  execFileSync('git', ['clone', '-q', `file://${root}`, clone])
  const empty = await checkouts(clone, { base })
  expect(existsSync(join(empty.base!, 'lib/lib.txt'))).toBe(false)
  expect(statSync(join(empty.head, 'lib')).isDirectory()).toBe(true)
  expect(empty.warnings).toEqual([
    'submodule lib is not initialised here: it is empty in the copies (git submodule update --init)',
  ])

  // The commit that base names is nowhere to be had.
  const odd = '1234567890123456789012345678901234567890'
  git(root, 'update-index', '--cacheinfo', `160000,${odd},lib`)
  git(root, 'commit', '-q', '-m', 'odd')
  renameSync(library, `${library}-gone`)
  await expect(checkouts(root, { base: 'HEAD' })).rejects.toThrow(
    /submodule lib: its commit 1234567 could not be fetched/,
  )
  renameSync(`${library}-gone`, library)
})

test('carried paths are links, and packages of the workspace lead into the copy that they are in', async () => {
  const root = repository({ '.gitignore': 'node_modules\n', 'packages/core/index.js': 'old' })
  const base = git(root, 'rev-parse', 'HEAD')
  commit(root, { 'packages/core/index.js': 'new' })
  write(root, {
    'node_modules/dep/index.js': 'dep',
    'node_modules/@other/dep/index.js': 'dep',
    'node_modules/.bin/dep': 'bin',
  })
  mkdirSync(join(root, 'node_modules/@own'))
  symlinkSync('../../packages/core', join(root, 'node_modules/@own/core'))
  symlinkSync('../@own/core/index.js', join(root, 'node_modules/.bin/core'))
  const before = snapshot(root)
  const made = await checkouts(root, { base, carry: ['node_modules'] })
  for (const [side, text] of [
    [made.base!, 'old'],
    [made.head, 'new'],
  ] as const) {
    expect(read(side, 'node_modules/@own/core/index.js')).toBe(text)
    expect(realpathSync(join(side, 'node_modules/@own/core'))).toBe(join(side, 'packages/core'))
    expect(realpathSync(join(side, 'node_modules/.bin/core'))).toBe(join(side, 'packages/core/index.js'))
    expect(readlinkSync(join(side, 'node_modules/dep'))).toBe(join(root, 'node_modules/dep'))
    expect(readlinkSync(join(side, 'node_modules/@other'))).toBe(join(root, 'node_modules/@other'))
  }
  removeFolder(join(made.base!, '..'))
  expect(snapshot(root)).toBe(before)

  rmSync(join(root, 'node_modules/@own'), { recursive: true })
  rmSync(join(root, 'node_modules/.bin/core'))
  const plain = await checkouts(root, { base, carry: ['node_modules'] })
  expect(lstatSync(join(plain.head, 'node_modules')).isSymbolicLink()).toBe(true)
})

test('a path that cannot be carried is an error that says why', async () => {
  const root = repository({ '.gitignore': 'node_modules\n', 'src/a.js': 'a' })
  const error = (path: string): Promise<unknown> =>
    checkouts(root, { base: 'HEAD', carry: [path] }).catch((thrown: { line: string }) => thrown.line)
  expect(await error('node_modules')).toMatch(/^tailgate\.yml: carry: there is no node_modules to carry/)
  expect(await error('src')).toMatch(/^tailgate\.yml: carry: src is not ignored by git/)
  expect(await error('../x')).toMatch(/^tailgate\.yml: carry: \.\.\/x is not inside the repository/)
  expect(await error('.')).toMatch(/not inside/)
})

test('a file at a commit: its text, absent, or unreadable', async () => {
  const root = repository({ 'tailgate.yml': 'threshold: 5%\n\n', 'd/[x].yml': 'odd' })
  symlinkSync('../tailgate.yml', join(root, 'd/link.yml'))
  symlinkSync('loop', join(root, 'loop'))
  const sha = commit(root)
  write(root, { 'tailgate.yml': 'changed' })
  expect(await readAt(root, sha, 'tailgate.yml')).toBe('threshold: 5%\n\n')
  expect(await readAt(join(root, 'd'), sha, 'd/[x].yml')).toBe('odd')
  expect(await readAt(root, sha, 'd/link.yml')).toBe('threshold: 5%\n\n')
  expect(await readAt(root, sha, 'none.yml')).toBeUndefined()
  await expect(readAt(root, sha, 'd')).rejects.toThrow('it is a folder')
  await expect(readAt(root, sha, 'loop')).rejects.toThrow('circle')
  await expect(readAt(root, '1'.repeat(40), 'tailgate.yml')).rejects.toThrow()
})

test('a name that is not UTF-8 is refused, not left out', async () => {
  const root = repository({ 'a.txt': 'a' })
  writeFileSync(Buffer.concat([Buffer.from(`${root}/`), Buffer.from('caf\xe9', 'latin1')]), 'x')
  await expect(checkouts(root)).rejects.toThrow(/not UTF-8/)
})

test('folders that a build made read-only are removed', () => {
  const root = folder()
  write(root, { 'go/pkg/mod/a.go': 'a' })
  chmodSync(join(root, 'go/pkg/mod/a.go'), 0o400)
  for (const name of ['go/pkg/mod', 'go/pkg', 'go']) chmodSync(join(root, name), 0o500)
  // Root may write anywhere: the way through a failure is then not taken, its end is the same.
  removeFolder(root)
  expect(existsSync(root)).toBe(false)
})
