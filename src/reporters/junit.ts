/** JUnit XML, for whatever shows test results: a test a gating comparison and a budget. */
import type { BudgetResult, Comparison, Failure, Report } from '../core/report.ts'
import { failSign } from './comparison-table.ts'
import { plain } from './escape.ts'
import { actualOf, quantity } from './quantities.ts'
import { firstLine, told } from './sentences.ts'
import { headline } from './wording.ts'

type Outcome = 'passed' | 'failure' | 'error' | 'skipped'

interface Case {
  readonly suite: string
  readonly name: string
  readonly outcome: Outcome
  readonly message: string
  readonly text?: string
}

export function junit(report: Report): string {
  const suites: [string, Case[]][] = [
    ['measuring', report.failures.map((failure) => measuring(report, failure))],
    ['comparisons', report.comparisons.filter((c) => c.gating).map((c) => comparison(report, c))],
    ['budgets', report.budgets.map((b) => budget(report, b))],
  ]
  const cases = suites.flatMap(([, each]) => each)
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="tailgate"${counts(cases)}>`,
    ...suites.filter(([, each]) => each.length > 0).map(([name, each]) => suite(report, name, each)),
    '</testsuites>',
    '',
  ].join('\n')
}

function suite(report: Report, name: string, cases: readonly Case[]): string {
  return [
    `  <testsuite name="${name}"${counts(cases)}>`,
    `    <properties><property name="verdict" value="${attribute(headline(report))}"/></properties>`,
    ...cases.map(testcase),
    '  </testsuite>',
  ].join('\n')
}

function testcase({ suite: benchmark, name, outcome, message, text }: Case): string {
  const open = `    <testcase classname="${attribute(benchmark)}" name="${attribute(name)}"`
  if (outcome === 'passed') return `${open}/>`
  const inner =
    outcome === 'skipped'
      ? `<skipped message="${attribute(message)}"/>`
      : `<${outcome} message="${attribute(message)}">${content(text ?? message)}</${outcome}>`
  return `${open}>${inner}</testcase>`
}

function comparison(report: Report, c: Comparison): Case {
  return { suite: c.benchmark, name: quantity(c), outcome: outcomeOf(report, c), message: told(c) }
}

/** What does not fail the job is no failure here either; what could not be told is no pass. */
function outcomeOf(report: Report, c: Comparison): Outcome {
  const fails = (category: string) => (failSign(report, category) === '❌' ? 'failure' : 'skipped')
  if (c.verdict === 'regressed') return fails('regression')
  if (c.verdict === 'missing') return fails('missing')
  if (c.verdict === 'inconclusive') return report.failedBy.includes('inconclusive') ? 'failure' : 'skipped'
  return c.verdict === 'new' ? 'skipped' : 'passed'
}

function budget(report: Report, b: BudgetResult): Case {
  const outcome = b.verdict === 'met' ? 'passed' : failSign(report, 'budget') === '❌' ? 'failure' : 'skipped'
  const message =
    b.verdict === 'unknown' ? `could not be told: ${b.reason ?? 'there is no figure'}` : `is ${actualOf(b)}`
  return { suite: b.benchmark, name: b.expression, outcome, message: plain(message, 500) }
}

function measuring(report: Report, { benchmark, side, status, reason }: Failure): Case {
  const category = status === 'failed' ? 'missing' : 'error'
  const outcome = status === 'skipped' || failSign(report, category) === '⚠️' ? 'skipped' : 'error'
  return {
    suite: benchmark,
    name: side === undefined ? 'measured' : `measured (${side})`,
    outcome,
    message: plain(firstLine(reason), 500),
    text: reason,
  }
}

function counts(cases: readonly Case[]): string {
  const of = (outcome: Outcome) => cases.filter((each) => each.outcome === outcome).length
  return ` tests="${cases.length}" failures="${of('failure')}" errors="${of('error')}" skipped="${of('skipped')}"`
}

function attribute(raw: string): string {
  return escaped(plain(raw, 1000)).replaceAll('"', '&quot;')
}

/** Characters that XML 1.0 cannot hold, even as entities, are left out. */
function content(raw: string): string {
  return escaped(
    raw.replace(/\r\n?/g, '\n').replace(/[^\t\n\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, ''),
  )
}

function escaped(raw: string): string {
  return raw.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
