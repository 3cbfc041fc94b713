/** What stands below the tables: what to do next, output of what failed, warnings, where and how it was measured. */
import type { Report } from '../../core/report.ts'
import type { Digest } from '../digest.ts'
import { plain } from '../escape.ts'
import { recommendations } from '../recommendations.ts'
import { surroundings } from '../surroundings.ts'
import type { Markup } from './markup.ts'
import { markup } from './markup.ts'
import { section } from './section.ts'
import { spoken, VOICE } from './voice.ts'

/** Lines of a failure's output. */
const LINES = 60

/** Pieces of advice that are not folded away. */
const FEW = 6

/** In the order of the page. */
export function background(report: Report, all: Digest): (Markup | undefined)[] {
  return [advice(report, all), failures(report), warnings(all), measured(report)]
}

function advice(report: Report, all: Digest): Markup | undefined {
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
