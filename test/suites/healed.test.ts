/** However a run ends, what was injected is healed. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { tailgate } from '../bundle.ts'
import { repository } from '../cli/repository.ts'
import { processesWith } from '../measure/sandbox.ts'

const SERVER = `
import { createServer } from 'node:http'
createServer((_, response) => response.end('ok')).listen(process.env.PORT, '127.0.0.1')
`
const config = (fault: string) => `
compare: none
services:
  api: { start: exec node server.mjs, env: { NAME: "\${NAME}" } }
benchmarks:
  - name: a
    service: api
    load: { url: "http://127.0.0.1:\${PORT}/", rate: 50, duration: 1m, warmup: 0 }
    faults: [ { name: x, after: 1s, for: 50s, window: 300ms, ${fault} } ]
`

/** The line is a child of the program: it can interrupt it in the middle of the fault. */
const INTERRUPT = 'kill -INT $PPID'

test.each([
  ['once', `touch broken; ${INTERRUPT}`],
  [
    'twice, which ends it at once',
    `trap '' TERM; touch broken; ${INTERRUPT}; sleep 0.3; ${INTERRUPT}; sleep 5`,
  ],
])('Ctrl-C %s', async (_, inject) => {
  const name = `h${process.hrtime.bigint()}`
  const fault = `inject: "${inject}", heal: "rm broken; touch healed"`
  const repo = repository({ 'tailgate.yml': config(fault), 'server.mjs': SERVER })
  const { code, stderr } = await tailgate(['run'], { cwd: repo.folder, env: { NAME: name } })
  expect(code, stderr).toBe(130)
  expect(existsSync(join(repo.folder, 'healed'))).toBe(true)
  expect(existsSync(join(repo.folder, 'broken'))).toBe(false)
  expect(processesWith(name)).toEqual([])
})
