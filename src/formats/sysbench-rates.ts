import type { Result } from '../core/result.ts'
import { figure } from './csv.ts'
import { result } from './measured.ts'

/** Figures by the label before the colon, as often as it stands there; a section's heading has none. */
export function labelled(
  lines: readonly string[],
): (label: RegExp) => { value: string; line: number; label: string } | undefined {
  const found = lines.flatMap((line, i) => {
    const [, label = '', value = ''] = /^([^:]+):\s+(\S.*)$/.exec(line.trim()) ?? []
    return label === '' ? [] : [{ label: label.trim(), value, line: i + 1 }]
  })
  return (label) => found.find((entry) => label.test(entry.label))
}

export type Read = ReturnType<typeof labelled>

/** `6402   (3201.11 per sec.)`. */
export function perSecond(entry: ReturnType<Read>): { count: number; rate: number } | undefined {
  const found = /^(\d+) +\(([\d.]+) per sec/.exec(entry?.value ?? '')
  return found === null
    ? undefined
    : { count: Number(found[1]), rate: figure(found[2]!, entry!.line, entry!.label) }
}

/** The rate that the test itself is about. */
export function rateOf(lines: readonly string[], at: Read): number | undefined {
  const transactions = perSecond(at(/^transactions$/))
  if (transactions !== undefined) return transactions.rate
  const events = at(/^(?:events per second|events\/s \(eps\))$/)
  if (events !== undefined) return figure(events.value, events.line, events.label)
  const operations = perSecond(at(/^Total operations$/))
  if (operations !== undefined) return operations.rate
  const line = lines.findIndex((text) => /^(?:Total o|O)perations (?:performed: |: )\d+ +\(/.test(text))
  return line === -1
    ? undefined
    : figure(/\( *([\d.]+)/.exec(lines[line]!)?.[1] ?? '', line + 1, 'operations')
}

/** What the tests of files and memory and databases tell beside: queries, reads, writes, syncs, bytes. */
export function besides(lines: readonly string[], at: Read): Result[] {
  const beside = { primary: false } as const
  const rates = ['reads/s', 'writes/s', 'fsyncs/s'].flatMap((label) => {
    const entry = at(new RegExp(`^${label}$`))
    if (entry === undefined) return []
    return [
      result('', label, '1/s', { kind: 'scalar', value: figure(entry.value, entry.line, label) }, beside),
    ]
  })
  const bandwidth = (metric: string, entry: { value: string; line: number } | undefined) =>
    entry === undefined
      ? []
      : [
          result(
            '',
            metric,
            'B/s',
            { kind: 'scalar', value: figure(entry.value, entry.line, metric) * 2 ** 20 },
            beside,
          ),
        ]
  const moved = lines.findIndex((line) => /MiB transferred \([\d.]+ MiB\/sec\)/.test(line))
  const queries = perSecond(at(/^queries$/))
  return [
    ...rates,
    ...bandwidth('read', at(/^read, MiB\/s$/)),
    ...bandwidth('written', at(/^written, MiB\/s$/)),
    ...bandwidth(
      'transferred',
      moved === -1 ? undefined : { value: /\(([\d.]+) MiB/.exec(lines[moved]!)![1]!, line: moved + 1 },
    ),
    ...(queries === undefined
      ? []
      : [result('', 'queries', '1/s', { kind: 'scalar', value: queries.rate }, beside)]),
  ]
}
