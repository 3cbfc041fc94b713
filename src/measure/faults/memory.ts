import { spawnSync } from 'node:child_process'
import { UserError } from '../../core/errors.ts'
import type { Disturbance } from '../../core/fault-plan.ts'
import { livingMembers } from '../family.ts'
import { type FaultKind, needsService } from './fault.ts'

type Memory = Extract<Disturbance, { kind: 'memory' }>

/**
 * RLIMIT_DATA of each process (setrlimit(2): what a process may map for itself to write; Linux counts mmap since 4.7), by
 * prlimit(1). Only the soft limit is set, so that it can be raised again without rights.
 */
export const memory: FaultKind<Memory> = {
  kind: 'memory',
  needs: 'a service, Linux, and prlimit (util-linux)',
  hindrance: ({ service }, scene) => {
    if (process.platform !== 'linux') return 'only Linux limits the memory of a running process'
    if (spawnSync('prlimit', ['--version']).status !== 0) return 'there is no prlimit: install util-linux'
    return needsService(service, scene)
  },
  inject: async ({ service, limit }, scene) => {
    const { family } = scene.service(service)!
    const before = livingMembers(family).map((pid) => ({ pid, soft: softLimit(pid) }))
    const healNow = (): void => {
      for (const { pid, soft } of before) setSoftLimit(pid, soft)
      // What a supervisor started meanwhile has inherited the limit; from now on it inherits the old one.
      const known = new Set(before.map(({ pid }) => pid))
      for (const pid of livingMembers(family))
        if (!known.has(pid)) setSoftLimit(pid, before[0]?.soft ?? 'unlimited')
    }
    for (const { pid } of before) {
      const trouble = setSoftLimit(pid, String(Math.round(limit)))
      if (trouble === undefined) continue
      healNow()
      throw new UserError(`prlimit cannot limit process ${pid}: ${trouble}`)
    }
    return { heal: async () => healNow(), healNow }
  },
}

function softLimit(pid: number): string {
  const told = spawnSync('prlimit', [
    '--pid',
    String(pid),
    '--data',
    '--noheadings',
    '--raw',
    '--output',
    'SOFT',
  ])
  const text = told.stdout.toString().trim()
  return /^\d+$/.test(text) ? text : 'unlimited'
}

/** What prlimit says against it; undefined if it went well, or if the process has ended. */
function setSoftLimit(pid: number, soft: string): string | undefined {
  const told = spawnSync('prlimit', ['--pid', String(pid), `--data=${soft}:`])
  const text = told.stderr.toString().trim()
  return told.status === 0 || /No such process/.test(text) ? undefined : text.slice(0, 200)
}
