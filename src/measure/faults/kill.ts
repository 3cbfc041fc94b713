import { UserError } from '../../core/errors.ts'
import type { Disturbance } from '../../core/fault-plan.ts'
import { commandLine, type Family, livingMembers } from '../family.ts'
import { type FaultKind, needsService } from './fault.ts'

type Kill = Extract<Disturbance, { kind: 'kill' }>

/**
 * SIGKILL to every process of a service: nothing is flushed, nobody says goodbye. Tailgate then is its supervisor; where
 * only some of its processes are meant it has one of its own, and that is what is tried.
 */
export const kill: FaultKind<Kill> = {
  kind: 'kill',
  needs: 'a service',
  hindrance: ({ service }, scene) => needsService(service, scene),
  inject: async ({ service, process: text }, scene) => {
    const running = scene.service(service)!
    if (text !== undefined) {
      killSome(running.family, text, service)
      return { heal: async () => {}, healNow: () => {} }
    }
    await running.kill()
    return { heal: () => running.restart(), healNow: () => {} }
  },
}

/** Command lines that are told where none was meant. */
const SHOWN = 4

function killSome(family: Family, text: string, service: string): void {
  const others = livingMembers(family).filter((pid) => pid !== family.root)
  const lines = others.map((pid) => ({ pid, line: commandLine(pid) }))
  const meant = lines.filter(({ line }) => line.includes(text))
  if (meant.length === 0) {
    const there = lines.slice(0, SHOWN).map(({ line }) => JSON.stringify(line.slice(0, 80)))
    const but = there.length === 0 ? 'it has started none' : `there are ${there.join(', ')}`
    throw new UserError(
      `no process of the service ${service} has ${JSON.stringify(text)} in its command line (${but})`,
    )
  }
  for (const { pid } of meant) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch (error) {
      // One that has just ended by itself is as dead.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
    }
  }
}
