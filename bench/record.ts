/**
 * Records rounds of small programs on this machine, for `bench:verdicts` to replay: one fresh process a round, every
 * side once in each step, in random order.
 *
 *   node record.mjs --out DIR --load busy --steps 40 [--workloads json,sort] [--operations 400]
 *
 * Says nothing of how busy the machine is: `--load` is only the name.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { gzipSync } from 'node:zlib'
import { SIDES, WORKLOADS, workload } from './record/workloads.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    out: { type: 'string', default: 'bench/corpus' },
    load: { type: 'string', default: 'here' },
    steps: { type: 'string', default: '40' },
    operations: { type: 'string', default: '400' },
    workloads: { type: 'string', default: Object.keys(WORKLOADS).join(',') },
  },
})

/** In a fresh process: one round of a workload and side, its nanoseconds as JSON on standard output. */
function round(name: string, side: string): void {
  process.stdout.write(JSON.stringify(workload(name, side, Number(values.operations))))
}

function shuffled<T>(items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item)
}

function record(name: string): void {
  const lines: string[] = []
  for (let step = 0; step < Number(values.steps); step++)
    shuffled(Object.keys(SIDES)).forEach((side, order) => {
      const args = [process.argv[1]!, 'round', name, side, '--operations', values.operations]
      const t = Date.now()
      const { stdout, status } = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1e8 })
      if (status !== 0) throw new Error(`${name} ${side}: a round ended with ${status}`)
      lines.push(JSON.stringify({ step, order, side, t, samples: JSON.parse(stdout) as number[] }))
    })
  mkdirSync(values.out, { recursive: true })
  const file = join(values.out, `${values.load}-${name}.ndjson.gz`)
  writeFileSync(file, gzipSync(`${lines.join('\n')}\n`, { level: 9 }))
  process.stdout.write(`${file}: ${lines.length} rounds\n`)
}

const [task, name = '', side = ''] = positionals
if (task === 'round') round(name, side)
else for (const each of values.workloads.split(',')) record(each)
