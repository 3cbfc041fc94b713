/** Services of a checked config → what is to be started, with every default filled in. */
import { UserError } from '../core/errors.ts'
import type { Readiness, ServicePlan } from '../core/service-plan.ts'
import { inStartOrder, prefixOf } from '../core/service-plan.ts'
import { DEFAULTS } from './defaults.ts'
import { parseDuration } from './figures.ts'
import { suggestion } from './nearest.ts'
import type { Path } from './read.ts'
import type { Config } from './schema.ts'

type Told = NonNullable<Config['services']>[string]
type Ready = Told['ready']

/** Throws UserError for a service that depends on none that is known or on itself, and for two that share a prefix. */
export function servicesOf(
  config: Config,
  at: (path: Path) => string,
): Readonly<Record<string, ServicePlan>> {
  const known = Object.keys(config.services ?? {})
  const prefixes = new Map<string, string>()
  const services: Record<string, ServicePlan> = {}
  for (const [name, told] of Object.entries(config.services ?? {})) {
    const place = at(['services', name])
    if (!/^[A-Za-z0-9][\w.-]{0,60}$/.test(name))
      throw new UserError(`"${name.slice(0, 80)}" is not the name of a service`, {
        place,
        remedy: 'write letters, digits, - and _',
      })
    const twin = prefixes.get(prefixOf(name))
    if (twin !== undefined)
      throw new UserError(`"${name}" and "${twin}" would both be ${prefixOf(name)}_PORT`, {
        place,
        remedy: 'rename one',
      })
    prefixes.set(prefixOf(name), name)
    const dependsOn = listed(told['depends-on'])
    for (const needed of dependsOn)
      if (!known.includes(needed))
        throw new UserError(`no service is named "${needed}"`, {
          place: at(['services', name, 'depends-on']),
          remedy: suggestion(needed, known),
        })
    services[name] = serviceOf(name, told, dependsOn, place)
  }
  for (const name of known) {
    try {
      inStartOrder([name], services)
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      const place = at(['services', name, 'depends-on'])
      throw new UserError(`services ${error.message}`, { place, remedy: 'leave one of them out' })
    }
    keptNeedsKept(services[name]!, services, at)
  }
  return services
}

/** What outlives a round cannot stand on what does not. */
function keptNeedsKept(
  { name, keep, dependsOn }: ServicePlan,
  services: Readonly<Record<string, ServicePlan>>,
  at: (path: Path) => string,
): void {
  const fresh = keep ? dependsOn.find((needed) => services[needed]?.keep === false) : undefined
  if (fresh !== undefined)
    throw new UserError(`"${name}" is kept, but "${fresh}" that it depends on is not`, {
      place: at(['services', name, 'keep']),
      remedy: `write keep: true for ${fresh} too`,
    })
}

function serviceOf(name: string, told: Told, dependsOn: readonly string[], place: string): ServicePlan {
  const { start, env, ports, keep, stop, grace } = told
  const names = ports ?? DEFAULTS.ports
  const within = typeof told.ready === 'object' ? told.ready.within : undefined
  return {
    name,
    start,
    ready: readinessOf(told.ready, names[0]),
    within: within ?? parseDuration(DEFAULTS.within),
    env: env ?? {},
    dependsOn,
    ports: [...new Set(names)],
    keep: keep ?? false,
    ...(stop === undefined ? {} : { stop }),
    grace: grace ?? parseDuration(DEFAULTS.grace),
    place,
  }
}

function readinessOf(ready: Ready, port = 'PORT'): Readiness {
  if (ready === undefined) return { kind: 'port', port: `\${${port}}` }
  if (typeof ready === 'string') return { kind: 'url', url: ready }
  if (ready.url !== undefined)
    return {
      kind: 'url',
      url: ready.url,
      ...(ready.status === undefined ? {} : { status: [ready.status] }),
    }
  if (ready.port !== undefined) return { kind: 'port', port: String(ready.port) }
  if (ready.log !== undefined) return { kind: 'log', text: ready.log }
  return { kind: 'command', line: ready.command! }
}

/** One or several. */
export function listed(told: string | readonly string[] | undefined): readonly string[] {
  return told === undefined ? [] : typeof told === 'string' ? [told] : [...new Set(told)]
}
