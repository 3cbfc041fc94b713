/** The history of what regressed, in the comment. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { CONFIG } from '../cli/repository.ts'
import { Acme } from './acme.ts'
import type { Loopback } from './loopback/server.ts'
import { startLoopback } from './loopback/server.ts'

vi.setConfig({ testTimeout: 180_000 })

let github: Loopback

beforeEach(async () => {
  github = await startLoopback()
})

afterEach(async () => {
  await github.close()
  expect(github.violations).toEqual([])
})

test('a regression measured against base shows, folded, what the stored runs were like before', async () => {
  const acme = new Acme(github, CONFIG.replace('time: 5m', 'rounds: { min: 10, max: 14, warmup: 0 }'))
  for (const level of ['100', '101', '100', '102'])
    await acme.push({ level, note: `push ${level}` }, { inputs: { compare: 'history' } })
  const slower = await acme.pull({ level: '130' })
  expect(slower.outputs.verdict).toBe('fail')
  const [comment] = acme.comments
  const fold = comment!.split('<details>').find((part) => part.includes('over the stored runs'))
  expect(fold).toContain('<code>steady</code>')
  // Four pushes and head: the last is by far the highest.
  expect(fold).toMatch(/[▁▂▃▄▅▆▇]{4}█/)
  const same = await acme.pull({ level: '102', note: 'x' })
  expect(same.outputs.verdict).toBe('pass')
  expect(acme.comments[0]).not.toContain('over the stored runs')
})
