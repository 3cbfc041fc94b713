/** Progress on a terminal that is played by the test: what a person sees after every single write. */
import { expect, test } from 'vitest'
import { progressOn } from '../../src/cli/progress.ts'
import { latency } from '../reporters/reports.ts'

/** As much of a terminal as progress uses: lines, carriage return, up, erase to the end of the line and of the screen. */
function terminal(columns = 100, rows = 24) {
  let screen = ['']
  let [row, column] = [0, 0]
  const seen: string[][] = []
  const put = (character: string) => {
    screen[row] =
      (screen[row] ?? '').padEnd(column).slice(0, column) + character + (screen[row] ?? '').slice(column + 1)
    column++
  }
  return {
    isTTY: true as const,
    columns,
    rows,
    write(text: string): boolean {
      for (const [, up, erase, character] of text.matchAll(/\u001b\[(\d+)A|\u001b\[([KJ])|([\s\S])/g)) {
        if (up !== undefined) row -= Number(up)
        else if (erase === 'K') screen[row] = (screen[row] ?? '').slice(0, column)
        else if (erase === 'J') screen = [...screen.slice(0, row), (screen[row] ?? '').slice(0, column)]
        else if (character === '\n') [row, column] = [row + 1, 0]
        else if (character === '\r') column = 0
        else put(character!)
        expect(row).toBeGreaterThanOrEqual(0)
      }
      seen.push(screen.map((line) => line.trimEnd()))
      return true
    },
    /** The screen after each write. */
    seen,
    get text() {
      return screen
        .map((line) => line.trimEnd())
        .join('\n')
        .trimEnd()
    },
  }
}

/** A clock that goes on by a second whenever it is asked. */
const ticking = () => {
  let seconds = 0
  return () => 1000 * seconds++
}

test('a line a benchmark, drawn over itself and never away', () => {
  const screen = terminal()
  const progress = progressOn(screen, {}, ticking())
  progress.say('seed 4f2a')
  for (let round = 1; round <= 6; round++)
    for (const benchmark of ['json/parse', 'startup']) progress.round({ benchmark, round, of: 30 })
  const afterFirst = screen.seen.slice(2)
  expect(afterFirst.length).toBeGreaterThan(5)
  for (const lines of afterFirst) expect(lines.join('\n')).toMatch(/^seed 4f2a\n· json\/parse +\d\/30/)
  progress.told!({
    benchmark: 'json/parse',
    settled: false,
    worst: latency('json/parse/x', 0.023, { statistic: 'p99' }),
  })
  progress.told!({ benchmark: 'startup', settled: true, worst: latency('startup', -0.01) })
  const [, first, second, last] = screen.text.split('\n')
  expect(first).toBe(`${'· json/parse    6/30  p99 +2.3 % (−0.30 … +5.0 %)'.padEnd(72)}├─●─┤`)
  expect(second).toBe(`${'✓ startup       6/30  p50 −1.0 % (−3.6 … +1.7 %)'.padEnd(69)}├─●┴┤  ┊`)
  expect(last).toMatch(/^1 of 2 settled · at most \d+ min( \d+ s)? left$/)
})

test('what is said stands above, and at the end the live lines are gone', () => {
  const screen = terminal()
  const progress = progressOn(screen, {}, ticking())
  progress.round({ benchmark: 'a', round: 1, of: 30 })
  progress.warn('head failed in round 2, which is taken again')
  progress.round({ benchmark: 'a', round: 2, of: 30 })
  expect(screen.text).toMatch(
    /^warning: head failed in round 2, which is taken again\n· a {2} {2}2\/30\n0 of 1 settled/,
  )
  progress.rest!()
  progress.say('baseline saved')
  expect(screen.text).toBe('warning: head failed in round 2, which is taken again\nbaseline saved')
})

test('forty benchmarks leave room for the prompt, and no line is wider than the terminal', () => {
  const screen = terminal(60, 12)
  const progress = progressOn(screen, {}, ticking())
  for (let i = 0; i < 40; i++) {
    const benchmark = `suite with a rather long name/${'x'.repeat(i)} \u001b[31mnumber ${i}`
    progress.round({ benchmark, round: 3, of: 30 })
    progress.told!({ benchmark, settled: i < 35, worst: latency('x', 0.1) })
  }
  const lines = screen.text.split('\n')
  expect(lines.length).toBe(10)
  for (const line of screen.seen.flat()) expect([...line].length).toBeLessThan(60)
  expect(screen.text).not.toContain('[31m')
  expect(lines.at(-1)).toMatch(/^… and 31 more · 35 of 40 settled/)
  expect(lines.filter((line) => line.startsWith('·')).length).toBe(5)
})

test('what happens within a round is shown until the round is over', () => {
  const screen = terminal()
  const progress = progressOn(screen, {}, ticking())
  progress.round({ benchmark: 'api', round: 1, of: 30, note: '12 s of 30 s, 4.1k/s', passing: true })
  expect(screen.text).toMatch(/^· api {4}0\/30 {2}12 s of 30 s, 4\.1k\/s\n/)
  progress.round({ benchmark: 'api', round: 1, of: 30 })
  expect(screen.text).toMatch(/^· api {4}1\/30\n/)
})

test('drawings that nobody could see are left out', () => {
  const screen = terminal()
  const progress = progressOn(screen, {}, () => 0)
  for (let round = 1; round <= 30; round++) progress.round({ benchmark: 'a', round, of: 30 })
  expect(screen.seen.length).toBe(1)
  progress.rest!()
})

test('a log has a few plain lines, and one when a benchmark has settled', () => {
  const written: string[] = []
  const progress = progressOn({ write: (text: string) => written.push(text) > 0 }, {})
  for (let round = 1; round <= 14; round++) progress.round({ benchmark: 'a\u001b[31m', round, of: 30 })
  progress.round({ benchmark: 'a', round: 15, of: 30, note: 'half way', passing: true })
  progress.told!({ benchmark: 'a', settled: false, worst: latency('a', 0.02) })
  for (let i = 0; i < 2; i++) progress.told!({ benchmark: 'a', settled: true, worst: latency('a', 0.012) })
  expect(written).toEqual([
    ...[1, 2, 6, 10, 14].map((round) => `a: round ${round} of at most 30\n`),
    'a: settled, p50 +1.2 % (−1.4 … +3.9 %)\n',
  ])
})

test('quiet says warnings alone', () => {
  const written: string[] = []
  const progress = progressOn(
    { write: (text: string) => written.push(text) > 0, isTTY: true },
    { quiet: true },
  )
  progress.say('seed')
  progress.round({ benchmark: 'a', round: 1, of: 30 })
  progress.warn('look')
  expect(written).toEqual(['warning: look\n'])
})
