/** Two commands measured in turn until it can be told whether the second is slower: what `tailgate ab` does. */
import type { Plan } from './core/plan.ts'
import type { Statistic } from './core/statistic.ts'
import type { Threshold } from './core/threshold.ts'
import { DEFAULT_THRESHOLD } from './core/threshold.ts'
import { groundInPlace } from './gate/in-place.ts'
import type { GateOutcome, World } from './gate.ts'
import { runOn } from './gate.ts'

export interface AbRequest {
  readonly a: string
  readonly b: string
  readonly folder: string
  /** The format of what they print; absent: the wall time of the command itself. */
  readonly format?: string
  /** The most rounds. */
  readonly rounds: number
  /** Milliseconds for all measuring. */
  readonly time: number
  readonly threshold?: Threshold
  readonly statistics?: readonly Statistic[]
  readonly seed?: string
}

/** Where each side finds its command: one script line serves both. */
const COMMAND = 'TAILGATE_COMMAND'

export async function ab(request: AbRequest, world: World): Promise<GateOutcome> {
  const plan = planOf(request)
  const side = (command: string) => ({ called: command, env: { [COMMAND]: command } })
  const ground = groundInPlace(plan, request.folder, side(request.a), side(request.b))
  try {
    const { seed } = request
    return await runOn(
      ground,
      {
        plan,
        folder: request.folder,
        id: 'ab',
        saveBaseline: false,
        ...(seed === undefined ? {} : { seed }),
      },
      world,
    )
  } finally {
    ground.remove()
  }
}

function planOf({ format, rounds, time, threshold, statistics }: AbRequest): Plan {
  // A command timed from outside is one operation: its median round is all that there is to judge.
  const wall = format === undefined
  return {
    file: 'tailgate ab',
    benchmarks: [
      {
        name: 'command',
        run: `eval "$${COMMAND}"`,
        format: format ?? 'auto',
        ...(wall ? { takes: 'wall-time' as const } : {}),
        timeout: time,
        env: {},
        thresholds: {},
        budgets: [],
        place: 'tailgate ab',
        line: 0,
      },
    ],
    statistics: statistics ?? (wall ? ['p50'] : ['p50', 'p95', 'p99']),
    thresholds: { '*': threshold ?? DEFAULT_THRESHOLD },
    overrides: [],
    compare: 'sides',
    rounds: { min: Math.min(6, rounds), max: rounds, warmup: 1 },
    falseAlarms: 0.01,
    time,
    buildTimeout: time,
    carry: [],
    baseline: { store: 'cache', keep: 30, release: false },
    failOn: ['regression', 'budget', 'missing', 'error'],
  }
}
