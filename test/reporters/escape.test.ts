import fc from 'fast-check'
import { expect, test } from 'vitest'
import { code, fenced, linkTarget, plain, text } from '../../src/reporters/escape.ts'
import { hostile } from './hostile-text.ts'

/** What GitHub would act upon, in text from which our own `<code>` and `<wbr>` were not yet taken. */
function inert(escaped: string): void {
  const bare = escaped.replaceAll(/<\/?code>/g, '').replaceAll('<wbr>', '\u0000')
  expect(bare).not.toMatch(/[<>"`|*[\]~\\$@]/)
  expect(bare.replaceAll(/&#\d+;/g, '')).not.toContain('#')
  expect(bare.replaceAll(/&(amp|lt|gt|quot|#\d+);/g, '')).not.toContain('&')
  expect(bare).not.toMatch(/(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/)
  // An entity is the character again to whatever searches the text afterwards: the parting stands between.
  const seen = bare.replaceAll(/&#(\d+);/g, (_, point) => String.fromCharCode(Number(point)))
  expect(seen).not.toMatch(/[@#][^\s\0]/)
  expect(seen).not.toMatch(/:\/\/|www\.|:[a-z0-9_+-]+:|GH-\d/i)
  expect(seen).not.toMatch(/[\n\r\u202a-\u202e\u2066-\u2069\u200b-\u200f\u001b]/)
}

test('nothing in a name acts', () => {
  fc.assert(
    fc.property(hostile, (name) => {
      inert(code(name))
      inert(text(name))
      expect(code(name)).toMatch(/^<code>[^<]+(<wbr>[^<]+)*<\/code>$/)
    }),
    { seed: 11, numRuns: 2000 },
  )
})

test('a name stays readable: what is shown is what was there', () => {
  expect(code('json/parse[size=5]')).toBe('<code>json/parse&#91;size=5&#93;</code>')
  expect(code('error_rate')).toBe('<code>error_rate</code>')
  expect(code('std::sort')).toBe('<code>std:<wbr>:<wbr>sort</code>')
  expect(code('')).toBe('<code>(no name)</code>')
  expect(code('\u200b')).toBe('<code>(no name)</code>')
  expect(plain('a\nb\t c')).toBe('a b c')
  expect(plain('\u001b[31mred\u001b[0m')).toBe('red')
  expect(plain('x'.repeat(500))).toHaveLength(120)
  expect([...plain('🚀'.repeat(500))]).toHaveLength(120)
})

test('no line begins with a workflow command', () => {
  expect(plain('::set-output name=x::y')).toBe(': :set-output name=x::y')
  expect(plain('a ##[add-mask]b')).toBe('a ## [add-mask]b')
  expect(fenced('ok\n  ::error::x')).toBe('```\nok\n  : :error::x\n```')
})

test('nothing closes a fence from within', () => {
  fc.assert(
    fc.property(hostile, hostile, (a, b) => {
      const [first, ...rest] = fenced(`${a}\n${b}`).split('\n')
      expect(first).toMatch(/^`{3,}$/)
      expect(rest.at(-1)).toBe(first)
      for (const line of rest.slice(0, -1)) expect(line).not.toMatch(new RegExp(`^\\s*${first}`))
    }),
    { seed: 12 },
  )
})

test('a link is http and cannot end early', () => {
  expect(linkTarget('https://github.com/o/r/actions/runs/1')).toBe('https://github.com/o/r/actions/runs/1')
  expect(linkTarget('javascript:alert(1)')).toBeUndefined()
  expect(linkTarget('https://x.example/a) ![](b')).toBe('https://x.example/a%29%20!%5b%5d%28b')
})
