/** `tailgate run`, once it is asked for. */
import { resolve } from 'node:path'
import { cancelled } from '../core/cancelled.ts'
import { errorReport } from '../core/error-report.ts'
import { UserError } from '../core/errors.ts'
import type { Plan } from '../core/plan.ts'
import { exitCodeOf } from '../core/report.ts'
import { parseShard, shardText } from '../core/shard.ts'
import { runGates } from '../gate/release.ts'
import type { GateOutcome, GateRequest } from '../gate.ts'
import { openStore } from '../stores/index.ts'
import { saveRun } from '../stores/run-file.ts'
import { VERSION } from '../version.ts'
import { interruptible } from './interruptible.ts'
import type { PlanFlags } from './plan.ts'
import { readPlan } from './plan.ts'
import type { Shape } from './print.ts'
import { printReport } from './print.ts'
import type { Loudness } from './progress.ts'

export interface RunFlags extends PlanFlags, Shape, Loudness {
  readonly base?: string
  readonly seed?: string
  readonly save?: string
  readonly saveBaseline?: boolean
  readonly report?: string
  readonly dryRun?: boolean
}

export async function runCommand(flags: RunFlags): Promise<number> {
  const planned = await readPlan(flags)
  if (flags.dryRun === true) {
    process.stdout.write((await import('./dry-run.ts')).dryRun(planned.plan))
    return 0
  }
  const request: GateRequest = {
    ...planned,
    id: idOf(flags),
    ...(await storeOf(planned.plan, planned.folder)),
    saveBaseline: flags.saveBaseline === true,
    ...(flags.base === undefined ? {} : { base: flags.base }),
    ...(flags.seed === undefined ? {} : { seed: flags.seed }),
    reproduce: reproduced(flags),
    ...(flags.report === undefined
      ? {}
      : { logs: resolve(flags.report, 'logs'), profiles: resolve(flags.report, 'profiles') }),
  }
  return interruptible(flags, async (world) => {
    const outcome = await runGates(request, world).catch((error: unknown) => {
      tellInShape(error, flags, planned.plan)
      throw error
    })
    const report = world.signal.aborted ? cancelled(outcome.report) : outcome.report
    await keep({ ...outcome, report }, flags)
    printReport(report, flags)
    return exitCodeOf(report.verdict)
  })
}

/** Who reads JSON is told in JSON that nothing could be measured; the line on standard error comes besides. */
function tellInShape(error: unknown, flags: RunFlags, { falseAlarms }: Plan): void {
  if (!(error instanceof UserError) || !(flags.json || flags.markdown)) return
  printReport(
    errorReport(error.line, { tool: VERSION, compare: 'none', falseAlarms, id: idOf(flags) }),
    flags,
  )
}

/** As in the action, so that both find the same baselines. */
function idOf({ config, suite, shard }: RunFlags): string {
  const id = suite === undefined ? config : `${config}:${suite}`
  return shard === undefined ? id : `${id} ${shardText(parseShard(shard, '--shard'))}`
}

/** A folder of stored runs serves anywhere; the Actions cache and artifacts are there only inside an action. */
async function storeOf({ baseline: { store } }: Plan, folder: string): Promise<Pick<GateRequest, 'store'>> {
  return store === 'cache' || store === 'artifact' ? {} : { store: await openStore(store, { folder }) }
}

async function keep({ head, base, report }: GateOutcome, { save, report: folder }: RunFlags): Promise<void> {
  if (save !== undefined) {
    await saveRun(save, head)
    if (base !== undefined) await saveRun(`${save}.base`, base)
  }
  if (folder !== undefined)
    await (await import('../write-report.ts')).writeReport(folder, report, { head, ...(base && { base }) })
}

/** What gives the same again: the flags that decide what is measured and how it is judged. */
function reproduced(flags: RunFlags): string {
  const { config, suite, only, shard, durations, base, compare, baseline, threshold, rounds, time } = flags
  const told = { config, suite, only, shard, durations, base, compare, baseline, threshold }
  const all = { ...told, 'fail-on': flags.failOn, rounds: rounds?.toString(), time }
  const typed = Object.entries(all).flatMap(([name, value]) =>
    value === undefined
      ? []
      : [`--${name}`, /^[\w./:@%,-]+$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`],
  )
  return ['tailgate', 'run', ...typed, ...(flags.profile === true ? ['--profile'] : [])].join(' ')
}
