import { execFileSync, spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { UserError } from '../../src/core/errors.ts'
import { unzipOne, zipOne } from '../../src/github/zip.ts'
import { temporaryFolder } from '../cli/repository.ts'

const CONTENT = Buffer.from('{"a":1}'.repeat(1000))
const open = (archive: Buffer, most = 1e6) => unzipOne(archive, 'a.json', most, 'artifact x')

test('what was packed is unpacked', () => {
  for (const content of [CONTENT, Buffer.alloc(0), Buffer.from([0, 255])])
    expect(open(zipOne('a.json', content))).toEqual(content)
})

test('what another program packed is unpacked', () => {
  const folder = temporaryFolder()
  const git = (...args: string[]) => execFileSync('git', args, { cwd: folder })
  git('init', '-q')
  writeFileSync(join(folder, 'a.json'), CONTENT)
  git('add', 'a.json')
  const tree = git('write-tree').toString().trim()
  expect(open(git('archive', '--format=zip', tree))).toEqual(CONTENT)
})

const hasPython = spawnSync('python3', ['--version']).status === 0

test.skipIf(!hasPython)('another program unpacks what was packed', () => {
  const file = join(temporaryFolder(), 'x.zip')
  writeFileSync(file, zipOne('a.json', CONTENT))
  const script = `import zipfile,sys; z=zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; sys.stdout.write(z.read('a.json').decode())`
  expect(execFileSync('python3', ['-c', script, file])).toEqual(CONTENT)
})

test('anything else is refused, and nothing is read beyond its size', () => {
  const good = zipOne('a.json', CONTENT)
  const lie = Buffer.from(good)
  const central = good.readUInt32LE(good.length - 6)
  lie.writeUInt32LE(10, central + 24)
  const cases: Record<string, Buffer> = {
    empty: Buffer.alloc(0),
    text: Buffer.from('hello'),
    cut: good.subarray(0, good.length - 30),
    'other name': zipOne('../a.json', CONTENT),
    'smaller than told': lie,
    'points outside': Buffer.from(good).fill(0xff, good.length - 6, good.length - 2),
  }
  for (const [name, archive] of Object.entries(cases)) expect(() => open(archive), name).toThrow(UserError)
  expect(() => open(good, 100)).toThrow(/7000 bytes, more than 100/)
  for (let at = 0; at < good.length; at++) {
    const flipped = Buffer.from(good)
    flipped[at]! ^= 0x41
    try {
      expect(open(flipped)).toEqual(CONTENT)
    } catch (error) {
      expect(error).toBeInstanceOf(UserError)
    }
  }
})
