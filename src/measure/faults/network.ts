import type { Disturbance } from '../../core/fault-plan.ts'
import type { FaultKind } from './fault.ts'

type Network = Extract<Disturbance, { kind: 'network' }>

/** Changes the weather of the proxies that stand before a service; see relay.ts. */
export const network: FaultKind<Network> = {
  kind: 'network',
  needs: 'a service that others reach by the port that Tailgate gives them',
  hindrance: ({ service }, scene) =>
    scene.relays(service).length === 0 ? `no proxy stands before the service ${service}` : undefined,
  inject: async ({ service, weather }, scene) => {
    const relays = scene.relays(service)
    const healNow = (): void => {
      for (const relay of relays) relay.set({})
    }
    for (const relay of relays) relay.set(weather)
    return { heal: async () => healNow(), healNow }
  },
}
