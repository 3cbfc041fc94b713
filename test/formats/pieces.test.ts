import { expect, test } from 'vitest'
import { cellsOf, readTable } from '../../src/formats/csv.ts'
import { LONGEST_LINE, readLines } from '../../src/formats/lines.ts'
import { outlineOf } from '../../src/formats/outline.ts'
import { tidyText } from '../../src/formats/parse.ts'
import { Tally } from '../../src/formats/tally.ts'
import { readXml } from '../../src/formats/xml.ts'

function lines(...pieces: string[]): [string, number][] {
  const seen: [string, number][] = []
  const reader = readLines({
    line: (text, number) => seen.push([text, number]),
    end: () => ({ results: [] }),
  })
  for (const piece of pieces) reader.push(piece)
  reader.end()
  return seen
}

test('lines: whatever the pieces, without their ends', () => {
  const expected = [
    ['a', 1],
    ['', 2],
    ['bc', 3],
    ['d', 4],
  ]
  expect(lines('\uFEFFa\r\n\nbc\nd')).toEqual(expected)
  expect(lines('\uFEFF', 'a', '\r', '\n', '\nb', 'c\n', 'd\r\n')).toEqual(expected)
  expect(lines()).toEqual([])
})

test('lines: one without end is refused before it fills the memory', () => {
  const reader = readLines({ line: () => {}, end: () => ({ results: [] }) })
  const piece = 'x'.repeat(2 ** 20)
  expect(() => {
    for (let i = 0; i <= LONGEST_LINE / piece.length; i++) reader.push(piece)
  }).toThrow('this line is longer than 16 MiB')
})

test('outline: keys by path, whatever their order, spaces, escapes and depth', () => {
  const outline = outlineOf(
    '{ "b" : [ {"x":{"y":"text"}}, 3 ], "a\\"":{"":0},"c":[["z"]], "cut": {"here": "and',
  )
  expect(outline.has('b[]', 'b[].x.y', 'c[][]', 'cut.here')).toBe(true)
  expect(outline.has('b.x')).toBe(false)
  expect(outline.text('b[].x.y')).toBe('text')
  expect(outline.keys).toEqual(['b', 'a\\"', 'c', 'cut'])
  expect(outlineOf('{"a":1}\n{"b":1}').has('b')).toBe(false)
  expect(outlineOf('prose {"a":1}').root).toBe('none')
  expect(outlineOf('['.repeat(60_000)).root).toBe('array')
})

test('tally: exact while it is small, within a part in 4096 when it is not, and 0 stays 0', () => {
  const tally = new Tally()
  for (let i = 0; i < 300_000; i++) tally.add(i % 1000 === 0 ? 0 : 1e6 + i)
  const data = tally.distribution(1)!
  expect(data.count).toBe(300_000)
  expect(data.values[0]).toBe(0)
  expect(data.values.length).toBeLessThan(2000)
  const exact = new Tally()
  for (let i = 0; i < 3000; i++) exact.add(1e6 + i * 100)
  expect(exact.distribution(2)!.values[1]).toBe(2_000_200)
  for (const value of [1, 1.0004, 1.9999, 3e-15, 0.1, 12_345.678, 1e30]) {
    const many = new Tally()
    for (let i = 0; i < 140_000; i++) many.add(value)
    const [middle] = many.distribution(1)!.values
    expect(Math.abs(middle! / value - 1)).toBeLessThanOrEqual(1 / 4096)
  }
})

test('tally: the order of a stream makes no difference', () => {
  const [one, two] = [new Tally(), new Tally()]
  for (let i = 0; i < 270_000; i++) {
    one.add(i * 0.37)
    two.add((269_999 - i) * 0.37)
  }
  expect(one.distribution(1)).toEqual(two.distribution(1))
})

test('CSV: quotes, separators and lines within a cell', () => {
  expect(cellsOf('a,"b ""q"" c",,"",d')).toEqual(['a', 'b "q" c', '', '', 'd'])
  expect(cellsOf('"a","')).toBeUndefined()
  expect(cellsOf('a,')).toEqual(['a', ''])
  expect(cellsOf('"a",')).toEqual(['a', ''])
  const { rows } = readTable('x,y\n"1\n2",3\n\n4,5\n')
  expect(rows.map((row) => [row.line, row.cell('x'), row.number('y')])).toEqual([
    [2, '1\n2', 3],
    [5, '4', 5],
  ])
  expect(() => readTable('x,y\n1\n')).toThrow('expected 2 cells, got 1')
  expect(() => rows[0]!.number('x')).toThrow('"x" is not a finite number: "1\\n2"')
})

test('XML: attributes and entities, and no other entity than those of XML', () => {
  const events = [
    ...readXml(
      '<?xml version="1.0"?>\n<!DOCTYPE a>\n<a x="1 &lt; &#50; &#x33; &bomb;" y=\'"\'><!-- <b> --><![CDATA[<c>]]><d/></a>',
    ),
  ]
  expect(events.map((event) => `${event.kind} ${event.name} ${event.line}`)).toEqual([
    'open a 3',
    'open d 3',
    'close d 3',
    'close a 3',
  ])
  const [first] = events
  expect(first?.kind === 'open' && [...first.attributes]).toEqual([
    ['x', '1 < 2 3 &bomb;'],
    ['y', '"'],
  ])
})

test.each([
  ['<a><b></a></b>', '</a> closes nothing'],
  ['<a>', '<a> is not closed'],
  ['<a x="', 'this is no XML tag'],
  ['<!DOCTYPE a [<!ENTITY b "c">]><a/>', 'this is no XML tag'],
  ['<a>'.repeat(300), 'elements are nested deeper than 200'],
  ['text', 'there is no XML element in it'],
])('XML: %j is refused', (text, why) => {
  expect(() => [...readXml(text)]).toThrow(why)
})

test.each(['\n', ' ', '\t'])('a flood of %j is refused before it costs the square of its length', (blank) => {
  expect(() => tidyText(`a${blank.repeat(3000)}b`)).toThrow('thousands of blanks in a row stand in it')
  expect(tidyText(`\uFEFFa${blank.repeat(1000)}\r\nb`)).toBe(`a${blank.repeat(1000)}\nb`)
})
