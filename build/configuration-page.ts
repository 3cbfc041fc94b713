/** The published JSON Schema and the reference page, both made of the one schema that the program reads configs by. */
import { stringify } from 'yaml'
import * as z from 'zod/mini'
import { benchmark } from '../src/config/benchmark-keys.ts'
import { docs } from '../src/config/field.ts'
import { config } from '../src/config/schema.ts'

interface Node {
  readonly type?: string | readonly string[]
  readonly title?: string
  readonly description?: string
  readonly default?: unknown
  readonly examples?: readonly unknown[]
  readonly enum?: readonly string[]
  readonly minimum?: number
  readonly maximum?: number
  readonly anyOf?: readonly Node[]
  readonly items?: Node
  readonly properties?: Readonly<Record<string, Node>>
  readonly additionalProperties?: Node | false
  readonly required?: readonly string[]
}

/** Draft 7: what editors' YAML support understands best. */
function jsonSchema(): Node {
  return z.toJSONSchema(config, {
    io: 'input',
    target: 'draft-7',
    metadata: docs,
    // Defaults and examples are of what is written, which the library leaves out where it is not what is read.
    override: ({ zodSchema, jsonSchema }) => {
      Object.assign(jsonSchema, docs.get(zodSchema))
      delete jsonSchema.propertyNames
      if (zodSchema === benchmark) jsonSchema.oneOf = [{ required: ['run'] }, { required: ['load'] }]
    },
  }) as Node
}

/** Text of `tailgate.schema.json`. */
export function schemaFile(): string {
  const { $schema, ...rest } = jsonSchema() as Node & { $schema: string }
  const title = 'Tailgate configuration'
  return `${JSON.stringify({ $schema, title, ...rest }, null, 2)}\n`
}

const INTRODUCTION = `# Configuration

This page is generated from the schema by \`npm run docs\`; do not edit it.

Tailgate reads \`tailgate.yml\`, or the file named by \`--config\` or the action's input \`config\`. Editors complete and check
it if its first line names the schema, here that of an installed package:

\`\`\`yaml
# yaml-language-server: $schema=./node_modules/tailgate/tailgate.schema.json
\`\`\`

Everything but \`benchmarks\` has a default. A key that is not known is an error that names the nearest known one; so is a
value of a wrong type, with its line and column.

\`\`\`yaml
threshold: 5%
benchmarks:
  - name: json
    run: node bench/json.mjs
    threshold: { p99: 10%, throughput: 3% }
    budgets: ["p(95) < 35ms"]
  - name: startup
    run: hyperfine --warmup 1 --export-json out.json ./app
    output: out.json
suites:
  quick: { benchmarks: ["json*"], rounds: { max: 16 } }
\`\`\`

## How figures are written

| kind | examples | |
|---|---|---|
| duration | \`500ms\`, \`90s\`, \`10m\`, \`1h30m\` | a number without a unit is refused |
| percentage | \`1%\`, \`0.5%\` | |
| threshold | \`5%\`, \`10ms\`, \`5MB\`, \`0.1pp\` | a share of base, an amount, or percentage points |
| statistic | \`p50\`, \`p99.9\`, \`p(95)\`, \`mean\`, \`min\`, \`max\` | \`avg\` is \`mean\`, \`med\` is \`p50\` |
| pattern | \`json*\`, \`{json,xml}/*\` | \`*\` stands for any characters, slashes too; quote it: in YAML a leading \`*\` is an alias |

Sizes are decimal (\`kB\`, \`MB\`, \`GB\`) or binary (\`KiB\`, \`MiB\`, \`GiB\`); rates are \`/s\`; \`k\` and \`M\` multiply counts and
rates.

### Budgets

\`[metric:] statistic operator limit\`, as k6 writes its thresholds. The metric is \`latency\` unless named; a scalar metric
needs no statistic. Operators are \`<\`, \`<=\`, \`>\`, \`>=\`, \`==\` (or \`===\`) and \`!=\`. A limit without a unit is in
milliseconds if the metric is a time.

| budget | holds if, on head, |
|---|---|
| \`p(95) < 35ms\`, \`p95 < 35\` | the 95th percentile of all operations of all rounds is below 35 ms |
| \`avg < 50ms\`, \`max < 1s\` | likewise the mean, the slowest operation |
| \`error_rate < 0.1%\`, \`rate < 0.001\` | of all operations of all rounds, fewer than one in a thousand failed |
| \`throughput > 10k/s\` | the median round made more than 10,000 operations a second |
| \`memory.growth < 100MB\` | no round grew by 100 MB |
| \`cpu.mean < 80%\` | the median round kept the processor busy for less than 80 % |
| \`slowdown(p95) < 3\`, \`speedup > 5x\` | a factor, where a tool or a sweep tells one |
| \`http_req_waiting: p(99) < 5\` | any metric that a tool tells, by its name |

What cannot be told is \`unknown\`, and fails the job like a breach: a metric that was not measured, a limit in another
unit, a tail with no operation beyond it (\`p(99)\` of fewer than 100 operations).

## Which setting wins

The top of the file, then each matching entry of \`branches\` in the order of the file, then the suite, then flags and
inputs: the later wins. Maps (\`rounds\`, \`baseline\`) are put together key by key, lists are replaced, \`overrides\` are
added up. For \`threshold\` a map adds to what was there and a single value replaces it.

For a result, the last of \`overrides\` that matches its full name and says anything of it wins over its benchmark, and the
benchmark over the top of the file. Within each, for latency a statistic's own threshold wins over \`latency\`, and that over
\`*\`; for any other metric its own name comes first. A budget in an override replaces the benchmark's on the same figure.
`

/** Keys whose own keys have a section of their own, and how it is headed. */
interface Section {
  readonly heading: string
  readonly node: Node
  readonly lead?: string
}

/** Text of `docs/configuration.md`. */
export function configurationPage(): string {
  const root = jsonSchema()
  const top = root.properties!
  const benchmark = top.benchmarks!.items!
  const suite = top.suites!.additionalProperties as Node
  const settings = top.branches!.additionalProperties as Node
  const shared = Object.keys(settings.properties!)
  const sections: readonly Section[] = [
    { heading: 'Top of the file', node: root },
    { heading: '`rounds`', node: top.rounds! },
    { heading: '`baseline`', node: top.baseline! },
    { heading: 'Each of `benchmarks`', node: benchmark },
    { heading: 'Each `load`', node: benchmark.properties!.load! },
    {
      heading: 'Each of `requests` of a load',
      node: benchmark.properties!.load!.properties!.requests!.items!,
    },
    { heading: 'Each of `services`', node: top.services!.additionalProperties as Node },
    {
      heading: '`ready` of a service',
      node: (top.services!.additionalProperties as Node).properties!.ready!.anyOf![1]!,
      lead: 'One of `url`, `port`, `log` and `command`.',
    },
    { heading: 'Each of `overrides`', node: top.overrides!.items! },
    { heading: 'Each side of `sides`', node: top.sides!.properties!.base! },
    {
      heading: 'Each of `suites`',
      node: without(suite, shared),
      lead: `Any of ${shared.map(code).join(', ')} as at the top of the file, and:`,
    },
    {
      heading: 'Each of `branches`',
      node: without(settings, shared),
      lead: `Any of ${shared.map(code).join(', ')} as at the top of the file.`,
    },
  ]
  return [INTRODUCTION, ...sections.map(sectionOf)].join('\n')
}

function without(node: Node, names: readonly string[]): Node {
  const own = Object.entries(node.properties!).filter(([name]) => !names.includes(name))
  return { ...node, properties: Object.fromEntries(own) }
}

function sectionOf({ heading, node, lead }: Section): string {
  const keys = Object.entries(node.properties ?? {})
  const blocks = keys.map(([name, key]) => keyOf(name, key, node.required?.includes(name) ?? false))
  return [`## ${heading}`, '', ...(lead === undefined ? [] : [lead, '']), ...blocks].join('\n')
}

function keyOf(name: string, node: Node, required: boolean): string {
  const facts = [kindOf(node)]
  if (required) facts.push('required')
  if (node.default !== undefined) facts.push(`default ${code(flow(node.default))}`)
  const lines = [
    `### \`${name}\``,
    '',
    node.description ?? '',
    '',
    `*${facts[0]}*${facts
      .slice(1)
      .map((fact) => ` · ${fact}`)
      .join('')}`,
  ]
  const examples = node.examples ?? []
  const plain = examples.filter((example) => typeof example !== 'object')
  const whole = examples.filter((example) => typeof example === 'object')
  if (plain.length > 0)
    lines.push('', `For example ${plain.map((example) => code(flow(example))).join(', ')}.`)
  for (const example of whole) lines.push('', '```yaml', `${name}: ${flow(example)}`, '```')
  return `${lines.join('\n')}\n`
}

/** What kind of value it is, in words. */
function kindOf(node: Node): string {
  if (node.anyOf !== undefined) return [...new Set(node.anyOf.map(kindOf))].join(' or ')
  if (node.enum !== undefined) return `one of ${node.enum.map(code).join(', ')}`
  if (node.type === 'array') return `list of ${plural(kindOf(node.items ?? {}))}`
  if (node.type === 'object')
    return node.additionalProperties ? `map of names to ${plural(kindOf(node.additionalProperties))}` : 'map'
  if (node.title !== undefined) return node.title
  if (node.type === 'integer') return `whole number from ${node.minimum} to ${node.maximum}`
  return node.type === 'boolean' ? '`true` or `false`' : 'text'
}

function plural(kind: string): string {
  if (kind.startsWith('one of')) return kind.replace(/^one of /, '')
  return kind === 'text' ? 'texts' : `${kind}s`
}

function code(text: string): string {
  return `\`${text}\``
}

/** As people write it on one line. */
function flow(value: unknown): string {
  const text = stringify(value, { collectionStyle: 'flow', lineWidth: 0 }).trim()
  return text.replaceAll('[ ', '[').replaceAll(' ]', ']')
}
