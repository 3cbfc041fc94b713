// How long the bundled command line takes from start to end, in the format `samples`.
import { spawnSync } from 'node:child_process'

const values = []
for (let i = 0; i < 25; i++) {
  const start = process.hrtime.bigint()
  spawnSync(process.execPath, ['dist/cli.js', '--version'])
  values.push(Number(process.hrtime.bigint() - start))
}
console.log(JSON.stringify({ metric: 'latency', unit: 'ns', values: values.slice(5) }))
