import { expect, test } from 'vitest'
import { json } from '../../src/reporters/json.ts'
import { markdown } from '../../src/reporters/markdown.ts'
import { terminal } from '../../src/reporters/terminal.ts'
import { expectGolden } from '../golden.ts'
import { CASES } from './reports.ts'

for (const [name, report] of Object.entries(CASES)) {
  test(`${name}: exactly what people see`, () => {
    const folder = `fixtures/reports/${name}`
    expectGolden(`${folder}/report.json`, json(report))
    expectGolden(`${folder}/comment.md`, markdown(report, { marker: '<!-- tailgate:default -->' }))
    expectGolden(`${folder}/terminal.txt`, terminal(report, { color: false, width: 80 }))
  })

  test(`${name}: report.json is the report`, () => {
    expect(JSON.parse(json(report))).toEqual(report)
  })
}
