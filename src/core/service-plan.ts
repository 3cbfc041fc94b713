/** How a service says that it can be used. Texts may hold `${PORT}` and other variables of its environment. */
export type Readiness =
  | { readonly kind: 'url'; readonly url: string; readonly status?: readonly number[] }
  | { readonly kind: 'port'; readonly port: string }
  | { readonly kind: 'log'; readonly text: string }
  | { readonly kind: 'command'; readonly line: string }

/** A long-running process that benchmarks use, with every default filled in. */
export interface ServicePlan {
  readonly name: string
  /** A `sh -c` line in the folder of the config file that goes on until it is ended. */
  readonly start: string
  readonly ready: Readiness
  /** Milliseconds until it must be ready. */
  readonly within: number
  readonly env: Readonly<Record<string, string>>
  /** Services that must be ready before it starts; they are stopped after it. */
  readonly dependsOn: readonly string[]
  /** Variables of its environment that are each given a free port, unless `env` sets them. The first is its port. */
  readonly ports: readonly string[]
  /** Started once a side and used by all rounds, instead of afresh for each execution. */
  readonly keep: boolean
  /** A `sh -c` line that asks it to stop; default: SIGTERM to all its processes. */
  readonly stop?: string
  /** Milliseconds from being asked to stop to SIGKILL. */
  readonly grace: number
  /** Where it stands: `tailgate.yml:14:5`. */
  readonly place: string
}

/** The prefix under which others find the ports of a service: `API_V2` for `api-v2`, of which `API_V2_PORT` is one. */
export function prefixOf(service: string): string {
  const word = service.toUpperCase().replaceAll(/[^A-Z0-9]+/g, '_')
  return /^\d/.test(word) ? `_${word}` : word
}

/**
 * A service and all that it needs, what is needed first. Throws a RangeError on an unknown name or a circle: a checked
 * config has none.
 */
export function inStartOrder(
  wanted: readonly string[],
  services: Readonly<Record<string, ServicePlan>>,
): readonly ServicePlan[] {
  const order: ServicePlan[] = []
  const visit = (name: string, above: readonly string[]): void => {
    if (above.includes(name)) throw new RangeError(`${[...above, name].join(' → ')} go in a circle`)
    const service = Object.hasOwn(services, name) ? services[name] : undefined
    if (service === undefined) throw new RangeError(`no service is named "${name}"`)
    for (const needed of service.dependsOn) visit(needed, [...above, name])
    if (!order.includes(service)) order.push(service)
  }
  for (const name of wanted) visit(name, [])
  return order
}
