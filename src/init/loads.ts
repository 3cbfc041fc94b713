/** What load scripts have in common: they need something to load. */
import type { Service } from './finding.ts'
import { packagesOf } from './packages.ts'
import { within } from './shell.ts'
import type { Tree } from './tree.ts'

const URLS = /\bhttps?:\/\/([A-Za-z0-9.-]+|\[::1\])(?::(\d{2,5}))?/g
const LOCAL = /^(?:localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[::1\])$/

/** Where a script sends its requests. */
export interface Aim {
  /** The port of this machine that is written in it. */
  readonly port?: number
  /** A machine elsewhere that is written in it. */
  readonly elsewhere?: string
  /** A variable of the environment that gives the address: `BASE_URL`. */
  readonly variable?: string
}

/** `variables` matches names of variables as this tool's scripts read them. */
export function aimOf(text: string, variables: RegExp): Aim {
  const code = text.replace(/^\s*(?:\/\/|#|\*).*$/gm, '')
  const hosts = [...code.matchAll(URLS)].map(([, host, port]) => ({ host: host!, port }))
  // Addresses of documentation and imports are not aims; a script that has a local one is meant to be run here.
  const local = hosts.find(({ host }) => LOCAL.test(host))
  const other = hosts.find(
    ({ host }) => !LOCAL.test(host) && !/^(?:jslib\.k6\.io|.*\.(?:org|io\/docs))$/.test(host),
  )
  const variable = variables.exec(code)?.[1]
  return {
    ...(local?.port === undefined ? {} : { port: Number(local.port) }),
    ...(local === undefined && other !== undefined ? { elsewhere: other.host } : {}),
    ...(variable === undefined ? {} : { variable }),
  }
}

/** The service that a script of package.json called `start` is. */
export function serviceOf(tree: Tree, { port }: Aim): Service | undefined {
  const of = packagesOf(tree).find(({ scripts }) => scripts.start !== undefined)
  if (of === undefined) return undefined
  return {
    name: 'app',
    start: within(of.folder, of.manager.script('start')),
    ...(port === undefined ? {} : { port }),
  }
}

export function buildOf(tree: Tree) {
  const of = packagesOf(tree).find(({ scripts }) => scripts.start !== undefined)
  return { build: of?.build ?? [], setup: of?.setup ?? [] }
}

/** Why a load script cannot run as it is, if it cannot. */
export function toUseOf(aim: Aim, service: Service | undefined): { toUse?: string } {
  if (aim.elsewhere !== undefined && aim.variable === undefined)
    return {
      toUse: `it loads ${aim.elsewhere}, where base and head are the same: aim it at a service started here`,
    }
  if (service === undefined) return { toUse: 'say under `services` how to start what it loads' }
  if (aim.port === undefined && aim.variable === undefined)
    return { toUse: 'aim it at the service: it listens on the port $APP_PORT' }
  return {}
}

/** `BASE_URL="http://127.0.0.1:$APP_PORT" ` before a command whose script asks for it. */
export function aimed({ variable }: Aim, service: Service | undefined): string {
  return variable === undefined || service === undefined ? '' : `${variable}="http://127.0.0.1:$APP_PORT" `
}
