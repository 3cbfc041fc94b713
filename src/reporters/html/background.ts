/** What stands below the table: budgets, output of what failed, warnings, where and how it was measured. */
import type { Report } from '../../core/report.ts'
import type { Digest } from '../digest.ts'
import { plain } from '../escape.ts'
import { beyond } from '../quantities.ts'
import { recommendations } from '../recommendations.ts'
import { ABSENT, figure } from '../scale.ts'
import { surroundings } from '../surroundings.ts'
import type { Markup } from './markup.ts'
import { markup } from './markup.ts'
import { spoken, VOICE } from './voice.ts'

const SIGN = { met: '✓', breached: '✗', unknown: '?' } as const

/** Lines of a failure's output. */
const LINES = 60

/** Pieces of advice that are not folded away. */
const FEW = 6

export function background(report: Report, all: Digest): Markup {
  return markup`${budgets(report)}${todo(report, all)}${failures(report)}${warnings(all)}${measured(report)}`
}

function section(id: string, title: string, body: Markup): Markup {
  return markup`<section id="${id}"><h2>${title}</h2>${body}</section>\n`
}

function budgets({ budgets }: Report): Markup | undefined {
  if (budgets.length === 0) return undefined
  const rows = budgets.map((b) => {
    const off = b.verdict === 'breached' ? beyond(b) : undefined
    const why = b.verdict === 'unknown' && b.reason !== undefined ? plain(b.reason, 300) : off
    return markup`<tr class="${b.verdict}"><td class="v"><span aria-hidden="true">${SIGN[b.verdict]}</span> ${b.verdict}</td><th scope="row">${plain(b.benchmark, 300)}</th><td><code>${plain(b.expression)}</code></td><td class="n">${b.actual === null ? ABSENT : plain(figure(b.actual, b.unit))}</td><td>${why}</td></tr>\n`
  })
  return section(
    'budgets',
    'Budgets',
    markup`<table class="plain"><thead><tr><th scope="col">Verdict</th><th scope="col">Benchmark</th><th scope="col">Budget</th><th scope="col" class="n">Head</th><td></td></tr></thead><tbody>${rows}</tbody></table>`,
  )
}

function todo(report: Report, all: Digest): Markup | undefined {
  const lines = recommendations(report, all, VOICE)
  if (lines.length === 0) return undefined
  const [first, rest] = [lines.slice(0, FEW), lines.slice(FEW)].map((of) =>
    of.map((line) => markup`<li>${spoken(line)}</li>`),
  )
  const more =
    rest?.length === 0
      ? undefined
      : markup`<details><summary>${lines.length - FEW} more</summary><ul>${rest}</ul></details>`
  return section('next', 'What to do next', markup`<ul>${first}</ul>${more}`)
}

function failures({ failures }: Report): Markup | undefined {
  if (failures.length === 0) return undefined
  const each = failures.map(({ benchmark, side, status, reason }) => {
    const lines = reason.split(/\r?\n/).map(indented)
    const shown = lines.length > LINES ? ['…', ...lines.slice(-LINES)] : lines
    return markup`<h3><code>${plain(benchmark, 300)}</code>${side === undefined ? undefined : ` (${side})`}, ${status}</h3><pre tabindex="0">${shown.join('\n')}</pre>\n`
  })
  return section('failures', 'What could not be measured', markup`${each}`)
}

/** One line of a program's output, as far in as it was. */
function indented(line: string): string {
  const depth = line.length - line.trimStart().length
  return ' '.repeat(Math.min(depth, 40)) + plain(line, 400)
}

function warnings({ warnings }: Digest): Markup | undefined {
  if (warnings.length === 0) return undefined
  const lines = warnings.map(
    ({ code, message, benchmark }) =>
      markup`<li>${benchmark === undefined ? undefined : markup`<code>${plain(benchmark, 300)}</code>: `}${plain(message, 1000)} <code class="quiet">${plain(code)}</code></li>`,
  )
  return section('warnings', 'Warnings', markup`<ul>${lines}</ul>`)
}

function measured(report: Report): Markup {
  const { reproduce } = report.environment
  const pairs = surroundings(report).map(
    ([word, told]) => markup`<div><dt>${word}</dt><dd>${plain(told, 500)}</dd></div>`,
  )
  const again =
    reproduce === undefined
      ? undefined
      : markup`<p>To measure it again:</p><pre tabindex="0">${plain(reproduce, 2000)}</pre>`
  return section('measured', 'How it was measured', markup`<dl>${pairs}</dl>${again}`)
}
