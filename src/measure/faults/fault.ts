/** What every kind of fault is: whether it can be had here, how it is done and undone. */
import type { Disturbance } from '../../core/fault-plan.ts'
import type { Running } from '../services/service.ts'
import type { Relay } from './relay.ts'

/** What a fault is done to. */
export interface Scene {
  /** Undefined: it does not run here. */
  service(name: string): Running | undefined
  /** Those before the ports of a service. */
  relays(name: string): readonly Relay[]
  /** Where command lines run. */
  readonly folder: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** An existing folder. */
  readonly scratch: string
  readonly signal: AbortSignal
}

export interface Injected {
  /** Comes when the disturbance is over; throws UserError where it cannot be ended. */
  heal(): Promise<void>
  /** The same without waiting, for when the process goes down. */
  healNow(): void
}

export interface FaultKind<Of extends Disturbance = Disturbance> {
  readonly kind: Of['kind']
  /** What it needs, for people. */
  readonly needs: string
  /** Why it cannot be had here, asked before any load begins; undefined: it can. */
  hindrance(told: Of, scene: Scene): string | undefined
  /** Comes when it is done; throws UserError where it cannot be. */
  inject(told: Of, scene: Scene): Promise<Injected>
}

/** `hindrance` of what is done with signals of POSIX to the processes of a service. */
export function needsService(name: string, scene: Scene): string | undefined {
  if (process.platform === 'win32') return 'Windows has no signals by which this could be done'
  return scene.service(name) === undefined ? `the service ${name} is not running` : undefined
}
