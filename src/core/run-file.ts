import type { Measurement, Told } from './distribution.ts'
import { UserError } from './errors.ts'
import { decodeHistogram, encodeHistogram, isRecordable } from './histogram.ts'
import type { Resolution } from './result.ts'
import type { Machine, Run, RunBenchmark, Series, Side } from './run.ts'
import type { Better } from './unit.ts'
import type { Json } from './untrusted.ts'
import { parseUntrusted } from './untrusted.ts'

const SCHEMA = 'tailgate-run/1'
const MOST_SERIES = 100_000
const MOST_ROUNDS = 10_000

/** JSON text of a run: what is on disk (there gzipped) and in every store. */
export function encodeRun(run: Run): string {
  const { series, ...head } = run
  return JSON.stringify({
    schema: SCHEMA,
    ...head,
    series: series.map(({ rounds, ...of }) => ({ ...of, rounds: rounds.map(encodeMeasurement) })),
  })
}

/** Scalars as numbers where nothing else is known of them; distributions as histograms; what a tool told as it told it. */
function encodeMeasurement(m: Measurement | null): unknown {
  if (m === null) return null
  if (m.kind === 'scalar') return m.total === undefined ? m.value : { value: m.value, total: m.total }
  if (m.kind === 'told') return m
  if (isRecordable(m)) return { ...encodeHistogram(m), count: m.count }
  // Negative figures (a temperature, a difference) fit no HdrHistogram: they are kept as they are.
  return { values: [...m.values], counts: m.counts === undefined ? undefined : [...m.counts] }
}

/** Reads an untrusted run. Throws UserError with `place: $.path` on anything that is not as `encodeRun` writes it. */
export function decodeRun(text: string, place: string): Run {
  const root = parseUntrusted(text, place)
  const schema = root.get('schema').string()
  if (schema !== SCHEMA)
    throw new UserError(`is "${schema.slice(0, 40)}", not "${SCHEMA}"`, {
      place,
      remedy: 'it was written by another version; measure again',
    })
  return {
    tool: root.get('tool').string(),
    ...root.optional('commit', (v) => v.string()),
    ...root.optional('ref', (v) => v.string()),
    ...root.optional('time', (v) => v.string()),
    ...root.optional('machine', machine),
    ...root.optional('provenance', (v) => v.record((entry) => entry.string())),
    ...root.optional('pairing', (v) => v.string()),
    ...root.optional('order', (v) => v.list(MOST_ROUNDS, (side) => side.oneOf<Side>(['base', 'head']))),
    benchmarks: root.get('benchmarks').list(MOST_SERIES, benchmark),
    series: root.get('series').list(MOST_SERIES, series),
    ...root.optional('warnings', (v) =>
      v.list(1000, (w) => ({ code: w.get('code').string(), message: w.get('message').string() })),
    ),
  }
}

function machine(v: Json): Machine {
  return {
    cpu: v.get('cpu').string(),
    cores: v.get('cores').number(),
    memory: v.get('memory').number(),
    os: v.get('os').string(),
    runtime: v.get('runtime').string(),
  }
}

function benchmark(v: Json): RunBenchmark {
  return {
    name: v.get('name').name(),
    declared: v.get('declared').name(),
    status: v.get('status').oneOf(['measured', 'failed', 'skipped']),
    ...v.optional('reason', (r) => r.string()),
    ...v.optional('workload', (w) => w.string()),
    ...v.optional('seconds', (s) => s.number()),
  }
}

function series(v: Json): Series {
  return {
    benchmark: v.get('benchmark').name(),
    metric: v.get('metric').name(),
    unit: v.get('unit').string(),
    ...v.optional('better', (b) => b.oneOf<Better>(['lower', 'higher'])),
    ...v.optional('resolution', resolution),
    ...v.optional('primary', (p) => p.boolean()),
    ...v.optional('first', (f) => f.list(MOST_ROUNDS, (side) => side.oneOf<Side>(['base', 'head']))),
    rounds: v.get('rounds').list(MOST_ROUNDS, measurement),
  }
}

function resolution(v: Json): Resolution {
  return {
    ...v.optional('relative', (r) => r.number()),
    ...v.optional('absolute', (a) => a.number()),
    because: v.get('because').string(),
  }
}

function measurement(v: Json): Measurement | null {
  if (v.isNull()) return null
  if (v.isNumber()) return { kind: 'scalar', value: v.number() }
  if (v.has('hdr')) return decodeHistogram(v.get('hdr').string(), v.get('scale').number(), v.place)
  if (v.has('values')) return raw(v)
  if (v.has('quantiles')) return told(v)
  return { kind: 'scalar', value: v.get('value').number(), ...v.optional('total', (t) => t.number()) }
}

function raw(v: Json): Measurement {
  const values = Float64Array.from(v.get('values').list(1_000_000, (x) => x.number()))
  const counts = v.has('counts')
    ? Float64Array.from(v.get('counts').list(1_000_000, (x) => x.count()))
    : undefined
  if (values.length === 0 || (counts !== undefined && counts.length !== values.length))
    throw new UserError('values and counts do not belong together', { place: v.place })
  const ascending = values.every((value, i) => i === 0 || values[i - 1]! <= value)
  if (!ascending) throw new UserError('values are not in ascending order', { place: v.place })
  const count = counts === undefined ? values.length : counts.reduce((sum, n) => sum + n, 0)
  return { kind: 'sampled', values, ...(counts === undefined ? {} : { counts }), count }
}

function told(v: Json): Told {
  return {
    kind: 'told',
    ...v.optional('count', (c) => c.count()),
    ...v.optional('mean', (n) => n.number()),
    ...v.optional('sd', (n) => n.number()),
    ...v.optional('min', (n) => n.number()),
    ...v.optional('max', (n) => n.number()),
    quantiles: v.get('quantiles').record((q) => q.number()),
  }
}
