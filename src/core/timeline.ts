/** What was measured over time within one execution: recovery is told from it, and it is drawn. */
export interface Timeline {
  /** Full name of what it is about: `checkout`, `checkout[connections=5]`. */
  readonly benchmark: string
  /** Milliseconds since the load began, warm-up left out; negative within it. */
  readonly load?: readonly LoadSlot[]
  readonly resources?: readonly ResourceSample[]
  readonly faults?: readonly FaultSpan[]
}

/** When a fault lasted, in milliseconds on the load's clock. */
export interface FaultSpan {
  readonly name: string
  readonly injected: number
  readonly healed: number
}

/** Requests that ended within a slot of time. */
export interface LoadSlot {
  readonly at: number
  /** Milliseconds. */
  readonly width: number
  readonly answered: number
  readonly failed: number
  /** Nanoseconds, to about 5 %; undefined: nothing was answered as expected. */
  readonly p50?: number
  readonly p99?: number
}

/** The whole process tree of the services under test at one moment. */
export interface ResourceSample {
  /** Milliseconds on the same clock as the load's. */
  readonly at: number
  /** Share of all cores since the sample before. */
  readonly cpu: number
  /** Bytes resident. */
  readonly memory: number
  readonly processes: number
  /** Undefined where they cannot be told. */
  readonly threads?: number
  /** Open file descriptors; undefined where they cannot be told. */
  readonly files?: number
  /** Sockets of TCP that are connected; undefined where they cannot be told. */
  readonly connections?: number
}
