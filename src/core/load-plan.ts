/** A part of a load: for `share` of its time, `factor` times its connections or rate. */
export interface Stage {
  readonly share: number
  readonly factor: number
}

/** One kind of request of a mix. Texts may hold `${PORT}` and other variables. */
export interface RequestPlan {
  /** Empty: the only one. Reported as `<benchmark>/<name>`. */
  readonly name: string
  /** How often it comes, relative to the others. */
  readonly weight: number
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  /** Statuses that are no error; undefined: 200 to 399. */
  readonly status?: readonly number[]
}

/** HTTP traffic that Tailgate makes itself, with every default filled in. */
export interface LoadPlan {
  readonly profile?: string
  /** How many clients at most send at the same time, each one request at a time. */
  readonly connections: number
  /** Requests a second over all connections, whatever the answers take (open loop); undefined: each client waits for its answer. */
  readonly rate?: number
  /** Milliseconds that are measured. */
  readonly duration: number
  /** Milliseconds of the same traffic before that, of which nothing is kept. */
  readonly warmup: number
  /** Milliseconds that an answer may take. */
  readonly timeout: number
  readonly stages: readonly Stage[]
  readonly requests: readonly RequestPlan[]
}

/** The figures of a profile; any key of `load` overrides its own. */
export interface LoadProfile {
  readonly connections: number
  readonly duration: string
  readonly warmup: string
  readonly stages?: readonly Stage[]
  readonly says: string
}

const STEADY: readonly Stage[] = [{ share: 1, factor: 1 }]

/** Without a profile. */
export const PLAIN_LOAD = {
  connections: 10,
  duration: '10s',
  warmup: '1s',
  stages: STEADY,
  timeout: '10s',
} as const

/** Load levels by name, one line of data each. */
export const LOAD_PROFILES: Readonly<Record<string, LoadProfile>> = {
  light: { connections: 100, duration: '30s', warmup: '2s', says: '100 clients' },
  medium: { connections: 500, duration: '1m', warmup: '5s', says: '500 clients' },
  heavy: { connections: 1000, duration: '1m', warmup: '5s', says: '1,000 clients' },
  spike: {
    connections: 100,
    duration: '1m',
    warmup: '2s',
    stages: [
      { share: 0.4, factor: 1 },
      { share: 0.2, factor: 10 },
      { share: 0.4, factor: 1 },
    ],
    says: '100 clients, for the middle fifth of the time ten times as many at once',
  },
  endurance: { connections: 100, duration: '24h', warmup: '1m', says: '100 clients for a day' },
  steps: {
    connections: 500,
    duration: '2m30s',
    warmup: '2s',
    stages: [
      { share: 0.2, factor: 0.2 },
      { share: 0.2, factor: 0.4 },
      { share: 0.2, factor: 0.6 },
      { share: 0.2, factor: 0.8 },
      { share: 0.2, factor: 1 },
    ],
    says: '100 clients, then 200, 300, 400 and 500, each for a fifth of the time',
  },
}

/** The stages of a profile, or of none. */
export function stagesOf(profile: string | undefined): readonly Stage[] {
  return (profile === undefined ? undefined : LOAD_PROFILES[profile]?.stages) ?? STEADY
}

/** The factor at a share of the time. */
export function factorAt(stages: readonly Stage[], share: number): number {
  let until = 0
  for (const stage of stages) {
    until += stage.share
    if (share < until) return stage.factor
  }
  return stages.at(-1)?.factor ?? 1
}

/** The most clients that any stage has. */
export function mostConnections({
  stages,
  connections,
  rate,
}: Pick<LoadPlan, 'stages' | 'connections' | 'rate'>): number {
  // At a rate it is the rate that the stages change.
  const factor = rate === undefined ? Math.max(...stages.map((stage) => stage.factor)) : 1
  return Math.max(1, Math.round(connections * factor))
}
