import type { Disturbance } from '../../core/fault-plan.ts'
import type { FaultKind } from './fault.ts'

type Network = Extract<Disturbance, { kind: 'network' }>

/** Changes the weather of the proxies that stand before a service; see proxy.ts. */
export const network: FaultKind<Network> = {
  kind: 'network',
  needs: 'a service that others reach by the port that Tailgate gives them',
  hindrance: ({ service }, scene) =>
    scene.proxies(service).length === 0 ? `no proxy stands before the service ${service}` : undefined,
  inject: async ({ service, weather }, scene) => {
    const proxies = scene.proxies(service)
    const healNow = (): void => {
      for (const proxy of proxies) proxy.set({})
    }
    for (const proxy of proxies) proxy.set(weather)
    return { heal: async () => healNow(), healNow }
  },
}
