import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cells, padEnd, squeeze, wrap } from '../../src/reporters/cells.ts'
import { terminal } from '../../src/reporters/terminal.ts'
import { whisker } from '../../src/reporters/whisker.ts'
import { hostile } from './hostile-text.ts'
import { CASES, gone, latency, report } from './reports.ts'

const lines = (text: string) => text.split('\n')

test.each(Object.keys(CASES))('%s fits 80 columns, and 120', (name) => {
  for (const width of [80, 120])
    for (const line of lines(terminal(CASES[name]!, { color: false, width })))
      if (!line.startsWith('again: ')) expect(cells(line), line).toBeLessThanOrEqual(width)
})

test('colour adds nothing but colour', () => {
  for (const each of Object.values(CASES)) {
    const coloured = terminal(each, { color: true, width: 80 })
    expect(coloured).toContain('\u001b[')
    expect(coloured.replaceAll(/\u001b\[\d+m/g, '')).toBe(terminal(each, { color: false, width: 80 }))
  }
})

test('no text from outside brings a control character or begins a line as a workflow command', () => {
  fc.assert(
    fc.property(hostile, hostile, (name, word) => {
      const text = terminal(
        report({
          verdict: 'fail',
          comparisons: [
            latency(name, 0.3, { reason: word }),
            gone(`${name}2`),
            latency(word, 0, { verdict: 'inconclusive', reason: name }),
          ],
          failures: [{ benchmark: name, status: 'error', reason: word }],
          warnings: [{ code: 'x', message: `${'y'.repeat(74)}${word}` }],
        }),
        { color: false, width: 80 },
      )
      expect(text).not.toMatch(/[\p{Cc}\p{Cf}](?<!\n)/u)
      expect(text).not.toMatch(/^\s*::|##\[/m)
    }),
    { seed: 31, numRuns: 300 },
  )
})

test('a long word is not broken so that its rest begins a line', () => {
  for (let length = 60; length < 160; length++) {
    const message = `${'y'.repeat(length)}::stop-commands::x`
    const text = terminal(report({ warnings: [{ code: 'x', message }] }), { color: false, width: 80 })
    expect(text).not.toMatch(/^\s*::/m)
  }
})

test('a wider terminal draws the interval against the threshold', () => {
  const text = terminal(CASES.regression!, { color: false, width: 100 })
  expect(text).toContain('better  0   ┊   worse')
  expect(terminal(CASES.regression!, { color: false, width: 80 })).not.toContain('better')
})

test('whiskers: the bad side is to the right, what has no end points on', () => {
  expect(whisker(latency('a', 0.05, { interval: [0.025, 0.075] }))).toBe('        · ├─●─┤      ')
  expect(whisker(latency('a', 0, { interval: [-0.025, 0.025] }))).toBe('      ├─●─┤ ┊        ')
  expect(whisker(latency('a', 0, { interval: [null, null] }))).toBe('◂───────●───┼───────▸')
  expect(whisker(latency('a', -0.05, { better: 'higher', interval: [-0.075, null] }))).toBe(
    '◂───────┴───●─┤      ',
  )
  expect(whisker(gone('a'))).toBeUndefined()
})

test('cells', () => {
  expect(cells('日本')).toBe(4)
  expect(cells('⚠️ ❌')).toBe(5)
  expect(cells('e\u0301')).toBe(1)
  expect(padEnd('日本', 6)).toBe('日本  ')
  expect(squeeze('abcdefghij', 5)).toBe('ab…ij')
  expect(squeeze('日本語日本語', 6)).toBe('日…語')
  expect(wrap('aa bb cc', 5, ' ')).toEqual(['aa bb', ' cc'])
  for (const line of wrap('x'.repeat(200), 80, '    ')) expect(cells(line)).toBeLessThanOrEqual(80)
})
