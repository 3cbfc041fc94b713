import type { Result } from '../core/result.ts'
import { readCatch2Console } from './catch2-console.ts'
import { figure } from './csv.ts'
import { FormatError, type TextFormat } from './format.ts'
import { result, told } from './measured.ts'
import { readXml } from './xml.ts'

/**
 * Catch2's XML reporter (versions 2 and 3) and its console: nanoseconds. The other reporters drop benchmarks. Names are
 * test case, sections and benchmark. https://github.com/catchorg/Catch2/blob/devel/docs/benchmarks.md
 */
export const catch2: TextFormat = {
  name: 'catch2',
  title: 'Catch2 (XML reporter, console)',
  keeps: 'mean ± sd',
  detect: (start) =>
    /^\s*(?:<\?xml[^>]*>\s*)?<Catch(?:2TestRun)?\b/.test(start) ||
    /^benchmark name +samples +iterations +est/m.test(start),
  parse: (text) => ({ results: /^\s*</.test(text) ? readReport(text) : readCatch2Console(text) }),
}

function readReport(text: string): Result[] {
  const results: Result[] = []
  /** Names of the test case and the sections that are open. */
  const within: string[] = []
  let benchmark: { name: string; count: number | undefined; mean?: number; sd?: number } | undefined
  for (const event of readXml(text)) {
    if (event.kind === 'close') {
      if (event.name === 'TestCase' || event.name === 'Section') within.pop()
      if (event.name !== 'BenchmarkResults' || benchmark === undefined) continue
      const { name, ...figures } = benchmark
      benchmark = undefined
      if (results.at(-1)?.benchmark === name && 'status' in results.at(-1)!) continue
      if (figures.mean === undefined) throw new FormatError(event.line, `${JSON.stringify(name)} has no mean`)
      results.push(result(name, 'latency', 'ns', told(figures, 1)))
      continue
    }
    const attribute = (name: string) => {
      const value = event.attributes.get(name)
      if (value === undefined) throw new FormatError(event.line, `<${event.name}> has no ${name}`)
      return value
    }
    const number = (name: string) => figure(attribute(name), event.line, name)
    if (event.name === 'TestCase' || event.name === 'Section') within.push(attribute('name').trim())
    else if (event.name === 'BenchmarkResults')
      benchmark = {
        name: [...within, attribute('name')].join('/'),
        // One that fails before it is sampled has no counts.
        count: event.attributes.has('samples') ? number('samples') : undefined,
      }
    else if (benchmark !== undefined && event.name === 'mean') benchmark.mean = number('value')
    else if (benchmark !== undefined && event.name === 'standardDeviation') benchmark.sd = number('value')
    else if (benchmark !== undefined && event.name === 'failed')
      results.push({
        benchmark: benchmark.name,
        status: 'failed',
        reason: attribute('message').slice(0, 500),
      })
  }
  return results
}
