import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { loadRun, saveRun } from '../../src/stores/run-file.ts'
import { temporaryFolder } from '../cli/repository.ts'
import { runOf } from './runs.ts'

test('what was saved is read back, also without gzip', async () => {
  const file = join(temporaryFolder(), 'deep', 'run.json.gz')
  await saveRun(file, runOf(1))
  const run = await loadRun(file)
  expect(run).toMatchObject({ commit: runOf(1).commit, provenance: { event: 'push' } })
  const plain = join(temporaryFolder(), 'run.json')
  writeFileSync(plain, execFileSync('gzip', ['-dc', file]))
  expect(await loadRun(plain)).toEqual(run)
})

test('nothing but the file itself is left in its folder', async () => {
  const folder = temporaryFolder()
  await saveRun(join(folder, 'run.json.gz'), runOf(1))
  await saveRun(join(folder, 'run.json.gz'), runOf(2))
  expect(readdirSync(folder)).toEqual(['run.json.gz'])
  mkdirSync(join(folder, 'taken'))
  await expect(saveRun(join(folder, 'taken'), runOf(1))).rejects.toMatchObject({
    place: join(folder, 'taken'),
  })
  expect(readdirSync(folder)).toEqual(['run.json.gz', 'taken'])
})

test.each([
  ['empty', Buffer.alloc(0), /is empty/],
  ['cut', gzipSync(JSON.stringify({ schema: 'tailgate-run/1' })).subarray(0, 20), /cannot be unpacked/],
  ['not JSON', Buffer.from('{"schema":'), /is not JSON/],
  ['of another version', Buffer.from('{"schema":"tailgate-run/9"}'), /written by another version/],
  ['a bomb', gzipSync(Buffer.alloc(300 * 1024 * 1024)), /unpacks to more than 256 MiB/],
])('a file that is %s is refused with its reason', async (_, bytes, says) => {
  const file = join(temporaryFolder(), 'run.json.gz')
  writeFileSync(file, bytes)
  const error = await loadRun(file).catch((e: unknown) => e)
  expect((error as { line: string }).line).toMatch(says)
  expect((error as { line: string }).line).toContain(file)
})

test('a link is followed for people and refused in what was restored; a pipe is refused at once', async () => {
  const folder = temporaryFolder()
  await saveRun(join(folder, 'real.json.gz'), runOf(1))
  symlinkSync('real.json.gz', join(folder, 'link.json.gz'))
  expect(await loadRun(join(folder, 'link.json.gz'))).toMatchObject({ tool: '0.0.0' })
  await expect(loadRun(join(folder, 'link.json.gz'), 'refuse')).rejects.toThrow(/symbolic link/)
  execFileSync('mkfifo', [join(folder, 'pipe')])
  await expect(loadRun(join(folder, 'pipe'))).rejects.toThrow(/is not a file/)
  await expect(loadRun(folder)).rejects.toThrow(/is not a file/)
  await expect(loadRun(join(folder, 'none'))).rejects.toThrow(/no such file/)
  expect(existsSync(join(folder, 'none'))).toBe(false)
  expect(readFileSync(join(folder, 'real.json.gz')).length).toBeGreaterThan(0)
})
