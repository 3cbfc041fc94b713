import { type Row, readTable } from './csv.ts'
import { FormatError } from './format.ts'
import { type JmhResult, jmhName, jmhUnit } from './jmh.ts'
import { result, told } from './measured.ts'

/**
 * Rows of means. What a benchmark tells beside is a row of its own named `method:label`: of mode sample the percentiles
 * (`:p0.99`), which belong to the method's distribution.
 */
export function readJmhCsv(text: string): JmhResult[] {
  const { columns, rows } = readTable(text.replace(/^[\s\S]*?(?="Benchmark","Mode")/, ''))
  const params = columns.filter((column) => column.startsWith('Param: '))
  const percentiles = new Map<string, Record<string, number>>()
  const read = rows.map((row) => {
    const [, method = '', label] = /^(.*?)(?::(?:.*[·:])?([^·:]+))?$/s.exec(row.cell('Benchmark'))!
    const told = params.flatMap((column) => {
      const value = row.maybe(column)
      return value === undefined ? [] : [[column.slice(7), value] as const]
    })
    return { row, label, name: jmhName(method, told), mode: row.cell('Mode') }
  })
  for (const { row, label, name, mode } of read) {
    const share = /^p(0|1|0?\.\d+|1\.0+|0\.\d+)$/.exec(label ?? '')?.[1]
    if (share === undefined) continue
    const key = `${name}\0${mode}`
    const own = percentiles.get(key) ?? {}
    own[`p${Number((Number(share) * 100).toFixed(4))}`] = row.number('Score')
    percentiles.set(key, own)
  }
  return read.flatMap(({ row, label, name, mode }): JmhResult[] => {
    if (label !== undefined && /^p[\d.]+$/.test(label)) return []
    return [{ mode, result: readRow(row, label, name, percentiles.get(`${name}\0${mode}`) ?? {}) }]
  })
}

function readRow(
  row: Row,
  label: string | undefined,
  name: string,
  quantiles: Readonly<Record<string, number>>,
) {
  const { unit, factor, better } = jmhUnit(row.cell('Unit'))
  const mean = row.number('Score')
  if (unit === 'ns' && mean < 0) throw new FormatError(row.line, '"Score" is negative')
  if (label !== undefined)
    return {
      benchmark: name,
      metric: label,
      unit,
      data: told({ mean }, factor),
      primary: false,
      ...(better === undefined || !row.cell('Unit').includes('op') ? {} : { better }),
    }
  const metric = unit === 'ns' ? 'latency' : unit === '1/s' ? 'throughput' : 'score'
  return result(name, metric, unit, told({ count: row.number('Samples'), mean, quantiles }, factor), {
    better,
  })
}
