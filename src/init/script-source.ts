/** What a benchmark script of JavaScript will print, from its source. */
export interface Printed {
  readonly tool: string
  readonly format?: string
  /** Why its output would not be read, as an imperative. */
  readonly toUse?: string
}

const imports = (text: string, name: string): boolean =>
  new RegExp(`(?:from|import|require\\()\\s*['"]${name}['"]`).test(text)

/** Each library, whether its figures are printed in a way that is read, and what to change if not. */
const LIBRARIES: readonly {
  readonly module: string
  readonly tool: string
  readonly format: string
  readonly readable: RegExp
  readonly toUse: string
}[] = [
  {
    module: 'tinybench',
    tool: 'tinybench',
    format: 'tinybench',
    readable: /console\.table\(\s*\w+\.table\(|JSON\.stringify\(/,
    toUse: 'print the figures, for example with console.table(bench.table())',
  },
  {
    module: 'mitata',
    tool: 'mitata',
    format: 'mitata',
    readable: /format\s*:\s*(?:['"](?:json|markdown)['"]|\{\s*(?:json|markdown)\b)/,
    toUse: "print figures with their percentiles: run({ format: 'json' })",
  },
  {
    module: 'benchmark',
    tool: 'benchmark.js',
    format: 'benchmarkjs',
    readable: /String\(\s*\w+\.target\s*\)|\.target\.toString\(|JSON\.stringify\(/,
    toUse: "print a line for each: suite.on('cycle', (event) => console.log(String(event.target)))",
  },
]

export function printedBy(text: string): Printed | undefined {
  const library = LIBRARIES.find(({ module }) => imports(text, module))
  if (library !== undefined) {
    const { tool, format, readable, toUse } = library
    return readable.test(text) ? { tool, format } : { tool, format, toUse }
  }
  const samples =
    /TAILGATE_OUTPUT/.test(text) ||
    (/\bunit\b/.test(text) && /\bvalues?\b/.test(text) && /JSON\.stringify/.test(text))
  return samples ? { tool: 'a script that prints samples', format: 'samples' } : undefined
}
