import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeParsed } from '../../src/core/describe.ts'
import { ingest, ingestText } from '../../src/ingest.ts'

const LINE = '{"benchmark":"größe","unit":"ms","values":[1,2,3]}\n'
let folder: string
const put = (name: string, content: string | Buffer) => {
  const file = join(folder, name)
  writeFileSync(file, content)
  return file
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tailgate-ingest-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test.each([
  ['plain', (text: string) => Buffer.from(text)],
  ['gzip', (text: string) => gzipSync(text)],
  [
    'UTF-16 with its mark, as PowerShell redirects',
    (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le'),
  ],
  ['UTF-8 with its mark', (text: string) => Buffer.from(`\uFEFF${text}`)],
  ['CRLF', (text: string) => Buffer.from(text.replaceAll('\n', '\r\n'))],
])('%s', async (name, encode) => {
  const file = put(name.slice(0, 5), encode(LINE))
  expect(describeParsed(await ingest(file, 'auto'))).toEqual(
    describeParsed(ingestText(LINE, 'out', 'samples')),
  )
})

test('a stream longer than a piece is read whole', async () => {
  const file = put('long', LINE.repeat(60_000))
  const { results } = await ingest(file, 'auto')
  expect(results).toMatchObject([{ benchmark: 'größe', data: { count: 180_000 } }])
})

test.each([
  ['empty', '', 'it is empty: the tool printed nothing'],
  ['blank', ' \n\n', 'it is empty: the tool printed nothing'],
  ['binary', Buffer.from([1, 2, 0, 3, 4]), 'this is no text but binary data'],
  [
    'unknown',
    'hello\n',
    'this is the output of no known tool: it begins with "hello" (name its format, or print the format "samples")',
  ],
  ['damaged', Buffer.concat([gzipSync(LINE).subarray(0, 20), Buffer.alloc(20)]), 'is damaged gzip'],
  ['cut', gzipSync(LINE.repeat(100)).subarray(0, 40), 'is gzip that was cut short'],
])('%s: refused with its name', async (name, content, why) => {
  const file = put(name, content)
  await expect(ingest(file, 'auto')).rejects.toMatchObject({ line: `${file}: ${why}` })
})

test('a file that is not there, and a format that is not', async () => {
  await expect(ingest(join(folder, 'nowhere'), 'auto')).rejects.toMatchObject({
    line: `${join(folder, 'nowhere')}: there is no such file`,
  })
  await expect(ingest(put('a', LINE), 'hyperfin')).rejects.toThrow(
    expect.objectContaining({ line: expect.stringContaining('did you mean "hyperfine"?') }),
  )
})

test('a named format is held to', async () => {
  await expect(ingest(put('b', LINE), 'k6')).rejects.toMatchObject({
    line: expect.stringMatching(/^k6: .*b: \$\.metrics: is missing$/),
  })
})

test('what npm prints before a script is no part of its output', async () => {
  const banner = '\n> shop@1.0.0 bench\n> node bench.mjs --all\n\n'
  const file = put('npm', `${banner}${LINE}`)
  expect((await ingest(file, 'auto')).results).toHaveLength(1)
  expect(ingestText(`${banner}{"results":[{"command":"a","times":[1]}]}`, 'out', 'auto').format).toBe(
    'hyperfine',
  )
  expect(() => ingestText(`${banner}{"unit":"ms"}`, 'out', 'samples')).toThrow(
    expect.objectContaining({ line: 'samples: out:5: expected either "value" or "values"' }),
  )
})

test('- is standard input', async () => {
  const script = join(folder, 'in.mjs')
  execFileSync('npx', [
    'esbuild',
    join(import.meta.dirname, '../../src/ingest.ts'),
    '--bundle',
    '--platform=node',
    '--format=esm',
    `--outfile=${script}`,
    '--log-level=error',
  ])
  const out = execFileSync(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `const { ingest } = await import(${JSON.stringify(script)}); console.log((await ingest('-', 'auto')).results.length)`,
    ],
    { input: LINE },
  )
  expect(out.toString()).toBe('1\n')
})
