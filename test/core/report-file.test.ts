/** A report that another job hands over: all of it comes back, and what is not as it should be is refused with its place. */
import { expect, test } from 'vitest'
import type { Report } from '../../src/core/report.ts'
import { readReport } from '../../src/core/report-file.ts'
import { parseUntrusted } from '../../src/core/untrusted.ts'
import { madeSuite } from '../page/made-suite.ts'

const read = (report: unknown): Report => readReport(parseUntrusted(JSON.stringify(report), 'r.json'))

test('a suite comes back whole: faults over time, figures where nothing is compared, the score', () => {
  for (const alone of [true, false]) {
    const made = madeSuite({ alone, broken: true })
    const plain = JSON.parse(JSON.stringify(made)) as Report
    expect(plain.timelines!.some(({ faults }) => faults !== undefined)).toBe(true)
    expect(plain.figures === undefined).toBe(!alone)
    expect(read(made)).toEqual(plain)
  }
})

test('figures and faults of a hostile report are refused where they stand', () => {
  const made = JSON.parse(JSON.stringify(madeSuite({ alone: true }))) as Report
  const [figure] = made.figures!
  const [timeline] = made.timelines!
  const fault = { name: 'x', injected: 1, healed: 2 }
  const figures = (changed: object) => () => read({ ...made, figures: [{ ...figure, ...changed }] })
  const faults = (changed: unknown) => () => read({ ...made, timelines: [{ ...timeline, faults: changed }] })
  expect(figures({ benchmark: 'a\nb' })).toThrow('without control characters')
  expect(figures({ statistic: 'p200' })).toThrow('is no statistic')
  expect(figures({ series: ['1'] })).toThrow('expected a')
  expect(() => read({ ...made, figures: {} })).toThrow('expected a list')
  expect(faults([fault])).not.toThrow()
  expect(faults([{ ...fault, recovered: 'yes' }])).toThrow('expected')
  expect(faults([{ ...fault, name: 'a\u0000' }])).toThrow('without control characters')
  expect(faults(Array(1001).fill(fault))).toThrow('at most 1000')
})
