// As many users as the sweep says, each with a pause between two runs as people have: latency, and runs a second.
import { ask, pause, say } from './client.mjs'

const users = Number(process.env.users)
const between = Number(process.env.PAUSE)
const time = Number(process.env.TIME)
const values = []
let over = false

async function user(index) {
  await pause((index * between) / users)
  while (!over) {
    const { status, took } = await ask('POST', '/agents')
    if (status !== 200) throw new Error(`status ${status}`)
    values.push(took)
    await pause(between)
  }
}

const all = Array.from({ length: users }, (_, index) => user(index))
await pause(between)
values.length = 0
const began = performance.now()
await pause(time)
over = true
const seconds = (performance.now() - began) / 1000
const throughput = values.length / seconds
await Promise.all(all)
say({ unit: 'ms', values })
say({ metric: 'throughput', unit: '1/s', value: throughput })
process.exit(0)
