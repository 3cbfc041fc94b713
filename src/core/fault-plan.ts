/** What is done to a service or its surroundings. Names are of services; lines are `sh -c` lines in the config's folder. */
export type Disturbance =
  /**
   * All its processes by SIGKILL; healed by starting it again. With `process` those with this text in their command line,
   * without its first one: nothing is to be healed, as its own supervisor starts them again.
   */
  | { readonly kind: 'kill'; readonly service: string; readonly process?: string }
  /** All its processes stand still. */
  | { readonly kind: 'pause'; readonly service: string }
  /** Its processes run for `limit` (0…1) of the time only. */
  | { readonly kind: 'cpu'; readonly service: string; readonly limit: number }
  /** Bytes that each of its processes may have allocated: what goes beyond fails. */
  | { readonly kind: 'memory'; readonly service: string; readonly limit: number }
  /** What others send to it and get from it. */
  | { readonly kind: 'network'; readonly service: string; readonly weather: Weather }
  /** A folder whose file system has only `leave` bytes left. */
  | { readonly kind: 'disk-full'; readonly folder: string; readonly leave: number }
  | { readonly kind: 'command'; readonly inject: string; readonly heal: string }

/** How a connection fares; all that is told holds at once. */
export interface Weather {
  /** Milliseconds each way in all: half on the way there, half on the way back. */
  readonly latency?: number
  /** Milliseconds more, at random between 0 and this. */
  readonly jitter?: number
  /** Bytes a second, each way. */
  readonly bandwidth?: number
  /** Connections are reset, those that are open and those that come. */
  readonly reset?: boolean
  /** Nothing gets through and nobody is told. */
  readonly partition?: boolean
  /** Milliseconds by which the end of a connection is held back. */
  readonly slowClose?: number
}

/** A disturbance at a time within a load, with every default filled in. */
export interface FaultPlan {
  readonly name: string
  /** Milliseconds since the measured time began. */
  readonly after: number
  /** Milliseconds until it is healed; 0 where it is over at once. */
  readonly for: number
  readonly disturbance: Disturbance
  /** Milliseconds; a budget on `recovery`. */
  readonly recoverWithin?: number
  /** A line that tells how many records are lost. */
  readonly verify?: string
  /** The poll from which recovery is told; undefined: the answers to the load. */
  readonly poll?: string
  /** Milliseconds over which errors and p99 must be as before. */
  readonly window: number
  /** By how much p99 may lie above that before the fault: 1 is twice as much. */
  readonly tolerance: number
}

/** What its results are called. */
export function faultName(benchmark: string, fault: string): string {
  return `${benchmark}/${fault}`
}
