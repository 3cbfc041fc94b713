import type { Disturbance } from '../../core/fault-plan.ts'
import { type FaultKind, needsService } from './fault.ts'

type Kill = Extract<Disturbance, { kind: 'kill' }>

/** SIGKILL to every process of a service: nothing is flushed, nobody says goodbye. Tailgate then is its supervisor. */
export const kill: FaultKind<Kill> = {
  kind: 'kill',
  needs: 'a service',
  hindrance: ({ service }, scene) => needsService(service, scene),
  inject: async ({ service }, scene) => {
    const running = scene.service(service)!
    await running.kill()
    return { heal: () => running.restart(), healNow: () => {} }
  },
}
