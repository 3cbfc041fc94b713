/** The text of `tailgate.yml`. */
import { stringify } from 'yaml'
import type { Finding, Service } from './finding.ts'

export interface ConfigOptions {
  /** Stricter settings for changes to release branches. */
  readonly releaseGate: boolean
  /** For editors: the schema is there if Tailgate is a dependency. */
  readonly schema: boolean
}

/** At least one finding is without `toUse`. */
export function configText(findings: readonly Finding[], options: ConfigOptions): string {
  const able = named(findings)
  const ready = able.filter(({ toUse }) => toUse === undefined)
  const services = servicesOf(able)
  const loads = ready.some(({ service }) => service !== undefined)
  return [
    ...(options.schema
      ? ['# yaml-language-server: $schema=./node_modules/tailgate/tailgate.schema.json']
      : []),
    '# What Tailgate measures, and what fails a pull request. Written by `tailgate init`; from here on it is yours.',
    '',
    '# A change for the worse of 5 % fails; what cannot be told that finely is said to be so, and does not.',
    'threshold: 5%',
    '# For all measuring together. The more there is to measure, the more time a decision takes: 9 to 14 rounds at least.',
    `time: ${loads ? '30m' : '10m'}`,
    ...buildLines(ready),
    ...(options.releaseGate ? RELEASE : []),
    ...serviceLines(services, loads),
    '',
    'benchmarks:',
    ...ready.flatMap((finding, i) => [...(i === 0 ? [] : ['']), ...benchmarkLines(finding)]),
    ...able.flatMap((finding) =>
      finding.toUse === undefined ? [] : ['', ...asComment(finding, finding.toUse)],
    ),
    '',
  ].join('\n')
}

const RELEASE = [
  '',
  '# Changes to a release branch: stricter, and what could not be told fails as well.',
  'branches:',
  '  "release/**":',
  '    threshold: 3%',
  '    # Head is compared with the last release as well, which takes as long again.',
  '    baseline: { release: true }',
  '    time: 20m',
  '    fail-on: [regression, budget, missing, error, inconclusive]',
]

/** One of each name; a port that some script has written in it is the port of all. */
function servicesOf(findings: readonly Finding[]): Service[] {
  const services = new Map<string, Service>()
  for (const { service } of findings)
    if (service !== undefined && services.get(service.name)?.port === undefined)
      services.set(service.name, service)
  return [...services.values()]
}

/** Of two with the same name, the later is numbered. */
function named(findings: readonly Finding[]): Finding[] {
  const seen = new Map<string, number>()
  return findings.map((finding) => {
    const name = finding.name.replaceAll(/[^\w.@:+-]+/g, '-').replace(/^-+|-+$/g, '') || 'benchmark'
    const times = (seen.get(name) ?? 0) + 1
    seen.set(name, times)
    return { ...finding, name: times === 1 ? name : `${name}-${times}` }
  })
}

function buildLines(findings: readonly Finding[]): string[] {
  const lines = [...new Set(findings.flatMap(({ build }) => build ?? []))]
  if (lines.length === 0) return []
  const installs = lines.some((line) =>
    /^(?:\(cd [^)]* && )?(?:npm|pnpm|yarn|bun) (?:ci|install)\b/.test(line),
  )
  return [
    '',
    '# Once in each of the two copies that are measured, base and head: files that git ignores are not in them.',
    `build: ${scalar(lines.join(' && '))}`,
    ...(installs
      ? [
          '# Faster, where pull requests seldom touch dependencies: install once in the workflow, and link the folder into both:',
          '# carry: [node_modules]',
        ]
      : []),
  ]
}

function serviceLines(services: readonly Service[], needed: boolean): string[] {
  if (services.length === 0) return []
  const lines = services.flatMap(({ name, start, port }) => [
    `  ${name}:`,
    `    start: ${scalar(start)}`,
    ...(port === undefined
      ? ['    # It listens on the port that $PORT names: a free one, new for each execution.']
      : [
          `    # The port that the load script has written in it.`,
          `    env: { PORT: ${scalar(String(port))} }`,
        ]),
    '    # Ready once it answers; name a page that is served only when everything works.',
    '    ready: "http://127.0.0.1:${PORT}/"',
  ])
  const block = [
    '',
    '# What is loaded: started afresh for each execution, from the copy that is measured. A round takes as long as its',
    '# load. At 10 s, 12 rounds of both sides take 4 minutes: rather make the load shorter than the rounds fewer.',
    'services:',
    ...lines,
  ]
  return needed ? block : block.map((line) => (line === '' || line.startsWith('#') ? line : `# ${line}`))
}

function benchmarkLines(finding: Finding): string[] {
  const { tool, because, notes = [], name, run, format, output, budgets = [], service } = finding
  return [
    ...[`${tool}: ${because}.`, ...notes].map((line) => `  # ${plain(line)}`),
    `  - name: ${scalar(name)}`,
    ...(service === undefined ? [] : [`    service: ${service.name}`]),
    `    run: ${scalar(run)}`,
    ...(format === undefined ? [] : [`    format: ${format}`]),
    ...(output === undefined ? [] : [`    output: ${scalar(output)}`]),
    ...(budgets.length === 0
      ? []
      : ['    budgets:', ...budgets.map((budget) => `      - ${scalar(budget)}`)]),
  ]
}

function asComment(finding: Finding, toUse: string): string[] {
  const build = finding.build?.length ? [`  # It needs: build: ${plain(finding.build.join(' && '))}`] : []
  const lines = benchmarkLines(finding).map((line) => (/^ {2}#/.test(line) ? line : `  # ${line.slice(2)}`))
  return [`  # Not yet. To use it, ${plain(toUse)}.`, ...build, ...lines]
}

/** On one line, as YAML reads it back. */
function scalar(text: string): string {
  return stringify(plain(text), { lineWidth: 0, defaultStringType: 'PLAIN', blockQuote: false }).trimEnd()
}

/** Names of files may hold anything. */
function plain(text: string): string {
  return text.replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, '?')
}
