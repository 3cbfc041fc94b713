// How long `tailgate compare` of two recorded files takes, in the format `samples`.
import { spawnSync } from 'node:child_process'

const file = 'examples/quickstart/recorded.ndjson'
const values = []
for (let i = 0; i < 25; i++) {
  const start = process.hrtime.bigint()
  spawnSync(process.execPath, ['dist/cli.js', 'compare', file, file])
  values.push(Number(process.hrtime.bigint() - start))
}
console.log(JSON.stringify({ metric: 'latency', unit: 'ns', values: values.slice(5) }))
