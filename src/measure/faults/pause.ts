import type { Disturbance } from '../../core/fault-plan.ts'
import { signalFamily } from '../family.ts'
import { type FaultKind, needsService } from './fault.ts'

type Pause = Extract<Disturbance, { kind: 'pause' }>

/** SIGSTOP: connections stay open and nobody answers, as on a machine that swaps or a virtual one that is moved. */
export const pause: FaultKind<Pause> = {
  kind: 'pause',
  needs: 'a service, and signals (not Windows)',
  hindrance: ({ service }, scene) => needsService(service, scene),
  inject: async ({ service }, scene) => {
    const { family } = scene.service(service)!
    const healNow = (): void => signalFamily(family, 'SIGCONT')
    signalFamily(family, 'SIGSTOP')
    return { heal: async () => healNow(), healNow }
  },
}
