// What the library does in a process of its own: `node measure.mjs WHAT` prints its measurements.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fresh, KEYS, openConfig, validate } from './config.mjs'

const folder = mkdtempSync(join(tmpdir(), 'configuration-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
const say = (result) => console.log(JSON.stringify(result))
const timed = (work) => {
  const began = performance.now()
  work()
  return performance.now() - began
}
const key = (i) => KEYS[i % KEYS.length]
const pause = () => new Promise((resolve) => setImmediate(resolve))

const MEASURES = {
  reads: () => {
    const config = openConfig(folder)
    const values = Array.from({ length: 2000 }, (_, i) => timed(() => config.get(key(i))))
    say({ unit: 'ms', values })
    say({ metric: 'warm', unit: 'ms', better: 'lower', values: values.slice(1000) })
  },
  'cold start': () => {
    openConfig(folder)
    say({ unit: 'ms', values: Array.from({ length: 20 }, () => timed(() => openConfig(folder))) })
    const told = fresh(1)
    say({
      metric: 'validation',
      unit: 'ms',
      better: 'lower',
      values: Array.from({ length: 50 }, () => timed(() => validate(told))),
    })
  },
  /** Fifty at once, each a hundred reads with others in between. */
  concurrent: async () => {
    const config = openConfig(folder)
    let failed = 0
    const began = performance.now()
    await Promise.all(
      Array.from({ length: 50 }, async (_, worker) => {
        for (let i = 0; i < 100; i++) {
          if (config.get(key(worker + i)) === undefined) failed += 1
          await pause()
        }
      }),
    )
    say({ metric: 'all_done', unit: 'ms', better: 'lower', value: performance.now() - began })
    say({ metric: 'error_rate', unit: 'ratio', value: failed / 5000 })
  },
  switch: () => {
    const config = openConfig(folder)
    const names = ['staging', 'production']
    const values = Array.from({ length: 200 }, (_, i) => timed(() => config.switchTo(names[i % 2])))
    say({ unit: 'ms', values })
  },
  /** Everybody reads while what is on disk is spoilt and repaired again. */
  invalid: async () => {
    const config = openConfig(folder)
    let [recovered, partial, reads] = [0, 0, 0]
    let over = false
    const readers = Array.from({ length: 10 }, async () => {
      while (!over) {
        reads += 1
        const { version, values } = config.snapshot()
        if (KEYS.some((one) => values[one].version !== version)) partial += 1
        await pause()
      }
    })
    for (let i = 0; i < 50; i++) {
      config.rotate()
      config.spoil()
      const refused = !config.reload()
      await pause()
      config.repair()
      if (refused && config.reload()) recovered += 1
    }
    over = true
    await Promise.all(readers)
    say({ metric: 'recovered_configurations', unit: 'ratio', better: 'higher', value: recovered / 50 })
    say({ metric: 'partial_reads', unit: 'count', better: 'lower', value: partial })
    if (reads < 50) throw new Error('nobody read meanwhile')
  },
  throughput: async () => {
    const config = openConfig(folder)
    const rate = async (workers) => {
      const each = Math.ceil(500_000 / workers)
      const began = performance.now()
      await Promise.all(
        Array.from({ length: workers }, async (_, worker) => {
          for (let i = 0; i < each; i++) {
            if (config.get(key(worker + i)) === undefined) throw new Error('nothing there')
            if (i % 1000 === 999) await pause()
          }
        }),
      )
      return (workers * each * 1000) / (performance.now() - began)
    }
    const told = { ten: [], most: [] }
    // In turn, so that a busy moment of the machine hits both; the first of each only warms up.
    for (let i = 0; i < 6; i++) {
      told.ten.push(await rate(10))
      told.most.push(await rate(32))
    }
    const middle = (values) => values.slice(1).sort((a, b) => a - b)[2]
    const [ten, most] = [middle(told.ten), middle(told.most)]
    say({ benchmark: '10 workers', metric: 'throughput', unit: '1/s', value: ten })
    say({ benchmark: '32 workers', metric: 'throughput', unit: '1/s', value: most })
    say({ metric: 'kept', unit: 'ratio', better: 'higher', value: most / ten })
  },
}
await MEASURES[process.argv[2]]()
