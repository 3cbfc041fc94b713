import { expect, test } from 'vitest'
import { forestRow, reachOf } from '../../src/reporters/html/forest.ts'
import { errorRate, gone, latency, throughput } from '../reporters/reports.ts'

const drawn = (c: Parameters<typeof forestRow>[0], reach: 1 | 2 | 4 = 1) => forestRow(c, reach)?.markup ?? ''

test('no change is at two fifths, the threshold at three, worse to the right', () => {
  expect(drawn(latency('a', 0))).toContain('<circle cx="40%"')
  expect(drawn(latency('a', 0.05))).toContain('<circle cx="60%"')
  expect(drawn(throughput('a', -0.05))).toContain('<circle cx="60%"')
  expect(drawn(latency('a', 0.05), 2)).toContain('<circle cx="50%"')
})

test('the bar is the interval, turned where more is better', () => {
  const bar = (c: Parameters<typeof forestRow>[0]) =>
    drawn(c)
      .match(/rect x="([\d.]+)%" width="([\d.]+)%"/)
      ?.slice(1)
  expect(bar(latency('a', 0, { interval: [-0.05, 0.1] }))).toEqual(['20', '60'])
  expect(bar(throughput('a', 0, { interval: [-0.1, 0.05] }))).toEqual(['20', '60'])
  expect(bar(errorRate('a', 0, 0, { interval: [0, 0.001] }))).toEqual(['40', '20'])
})

test('what goes on beyond the edge says so, as does what has no end', () => {
  expect(drawn(latency('a', 0, { interval: [-0.2, 0.2] }))).toMatch(/◂.*▸/)
  expect(drawn(latency('a', 0.06, { interval: [0.05, null] }))).toMatch(/^[^◂]*▸[^◂]*$/)
  expect(drawn(throughput('a', -0.06, { interval: [null, -0.05] }))).toMatch(/^[^◂]*▸[^◂]*$/)
})

test('without an interval there is no bar', () => {
  expect(drawn(gone('a'))).toBe('')
  expect(drawn(latency('a', 0.1, { threshold: 0 }))).toBe('')
})

test('one far change widens the whole plot', () => {
  expect(reachOf([latency('a', 0.01), latency('b', 0.14)])).toBe(1)
  expect(reachOf([latency('a', 0.01), latency('b', 0.16)])).toBe(2)
  expect(reachOf([latency('a', 0.01), latency('b', 1.6)])).toBe(4)
  expect(reachOf([latency('a', 0.01), latency('b', 1.6, { gating: false })])).toBe(1)
  expect(reachOf([latency('a', 0.01), latency('b', 1.6, { verdict: 'inconclusive' })])).toBe(1)
})
