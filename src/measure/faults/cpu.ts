import type { Disturbance } from '../../core/fault-plan.ts'
import { signalFamily } from '../family.ts'
import { type FaultKind, needsService } from './fault.ts'

type Cpu = Extract<Disturbance, { kind: 'cpu' }>

/** Milliseconds of one turn, as the kernel's own quota has it (cpu.max of control groups). */
const PERIOD = 100

/** Lets the processes run for a share of each tenth of a second and stops them for the rest: needs no rights at all. */
export const cpu: FaultKind<Cpu> = {
  kind: 'cpu',
  needs: 'a service, and signals (not Windows)',
  hindrance: ({ service }, scene) => needsService(service, scene),
  inject: async ({ service, limit }, scene) => {
    const { family } = scene.service(service)!
    let timer: NodeJS.Timeout | undefined
    let over = false
    const turn = (running: boolean): void => {
      if (over) return
      signalFamily(family, running ? 'SIGCONT' : 'SIGSTOP')
      timer = setTimeout(() => turn(!running), PERIOD * (running ? limit : 1 - limit))
    }
    turn(false)
    const healNow = (): void => {
      over = true
      clearTimeout(timer)
      signalFamily(family, 'SIGCONT')
    }
    return { heal: async () => healNow(), healNow }
  },
}
