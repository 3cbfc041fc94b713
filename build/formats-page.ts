/** The page of formats, made of the registry. */
import { formats } from '../src/formats/registry.ts'

const BEFORE = `# Formats

This page is generated from the registry by \`npm run docs\`; do not edit it.

Tailgate reads what a tool prints or writes. \`format: auto\`, the default, finds the tool by the content alone; a name from
the table holds the output to it. \`tailgate parse FILE\` shows what is found in a file. Files may be gzipped; UTF-8 and
UTF-16 with a byte order mark are read, and CRLF like LF.

| \`format\` | tool and its outputs | what is kept of the distribution |
|---|---|---|
`

const AFTER = `
## What becomes of the figures

- The time of one operation is \`latency\`, the rate \`throughput\`, the failed out of all \`error_rate\`; every other figure
  keeps the tool's own word. Times are in ns, sizes in B, rates in 1/s, shares from 0 to 1.
- What a tool tells is kept and nothing is added: raw samples and histograms whole, percentiles just those that were told.
  Nothing is interpolated between two percentiles, and a figure that is missing is not 0.
- Which way is good follows from the figure (ops/s up, ns/op down). Where neither tool nor unit tells it, the figure is
  shown and not judged.
- Where a tool marks rounds inside its output, they are used as rounds.
- A benchmark that its tool calls failed or skipped is reported as that. An output that is cut short, aborted or empty, or
  whose every request failed, is refused with its reason: it is never a fast green.
- Names are the tool's own, made stable from run to run: parameters in brackets (\`Sort.run[size=1000]\`), groups and files in
  front, and no number of processors. A tool that measures one thing without a name (k6, wrk) gives it the benchmark's.

An error names the format, the file and the place: \`k6: points.ndjson:1412: $.data.value: expected a finite number, got "x"\`.

## A script of your own: \`samples\`

One JSON object a line, printed or written to the file named by \`$TAILGATE_OUTPUT\`:

\`\`\`json
{"benchmark":"recall","metric":"latency","unit":"ms","values":[1.2,1.4,1.1]}
{"benchmark":"recall","metric":"error_rate","unit":"ratio","value":0.001}
{"benchmark":"recall","metric":"throughput","unit":"1/s","value":5120,"better":"higher"}
\`\`\`

| key | meaning |
|---|---|
| \`benchmark\` | a name; absent: that of the benchmark whose script it is |
| \`metric\` | \`latency\` unless told |
| \`unit\` | ns, us, ms, s, B, kB, MB, KiB, MiB, 1/s, B/s, ratio, %, count; any other word is taken as it is |
| \`values\` | the figure of every operation |
| \`value\` | one figure |
| \`better\` | \`lower\` or \`higher\`; absent: what metric and unit imply |

A line \`{"note":"PostgreSQL 15.18"}\` says something of what was measured: the report tells it beside the machine.
Lines of the same benchmark and metric add up to one distribution. Large outputs are read in constant memory: up to 131,072
values of a metric are kept exactly, more are counted in buckets within 0.025 % of every value in them.

## Notes

- **criterion**: name the folder \`target/criterion\` as the output to have every sample. Benchmarks that were not run this time
  are still in it; one that is hours older than the others is warned about.
- **k6**: \`--out json\` is read at several times the speed of parsing each line as JSON; sub-metrics become benchmarks named by
  their tags, with figures told beside.
- **customSmallerIsBetter, customBiggerIsBetter**: which way is good stands only in the name, so name it unless every unit
  tells it.
- **hdrhistogram**: its files say no unit, so the values are shown as they are and not judged; the format \`samples\` says it.
- **pgbench**: \`-l\` keeps every transaction; the report has a mean alone. A report whose run was aborted is failed, though it
  counts no failure.
- **fio**: a benchmark is a direction of a job, \`randread:read\`; json+ keeps the whole histogram.
- **callgrind, cachegrind**: the two count the same run differently by about 0.1 %; stay with one of them.

## Adding a format

One file in \`src/formats\`, one line in \`src/formats/index.ts\`, and real outputs in \`fixtures/formats/<name>/<case>/input.*\`.
\`UPDATE=1 npx vitest run test/formats/contract.test.ts\` writes what was found beside them as \`expected.json\`, to be read by a
person; \`figures.json\` holds figures worked out by other means. The contract test finds the format by itself.
`

/** Text of \`docs/formats.md\`. */
export function formatsPage(): string {
  const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('<', '&lt;')
  const rows = formats.map(({ name, title, keeps }) => `| \`${name}\` | ${cell(title)} | ${cell(keeps)} |`)
  return `${BEFORE}${rows.join('\n')}\n${AFTER}`
}
