/** `tailgate run`, once it is asked for. */
import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { loadPlan } from '../config/load.ts'
import { UserError } from '../core/errors.ts'
import type { Plan } from '../core/plan.ts'
import { exitCodeOf } from '../core/report.ts'
import { formats } from '../formats/registry.ts'
import type { GateOutcome, GateRequest } from '../gate.ts'
import { runGate } from '../gate.ts'
import { openStore } from '../stores/index.ts'
import { saveRun } from '../stores/run-file.ts'
import { interruptible } from './interruptible.ts'
import { printReport } from './print.ts'

export interface RunFlags {
  readonly config: string
  readonly suite?: string
  readonly only?: string
  readonly compare?: string
  readonly base?: string
  readonly baseline?: string
  readonly threshold?: string
  readonly failOn?: string
  readonly rounds?: number
  readonly time?: string
  readonly seed?: string
  readonly save?: string
  readonly saveBaseline?: boolean
  readonly report?: string
  readonly json?: boolean
  readonly markdown?: boolean
  readonly quiet?: boolean
  readonly verbose?: boolean
}

export async function runCommand(flags: RunFlags): Promise<number> {
  const planOf = (text: string): Plan => planOfFlags(text, flags)
  const plan = planOf(await readConfig(flags.config))
  const request: GateRequest = {
    plan,
    planOf,
    folder: resolve(dirname(flags.config)),
    id: flags.suite === undefined ? flags.config : `${flags.config}:${flags.suite}`,
    ...(await storeOf(plan)),
    saveBaseline: flags.saveBaseline === true,
    ...(flags.base === undefined ? {} : { base: flags.base }),
    ...(flags.seed === undefined ? {} : { seed: flags.seed }),
    reproduce: reproduced(flags),
  }
  return interruptible(flags, async (world) => {
    const outcome = await runGate(request, world)
    await keep(outcome, flags)
    printReport(outcome.report, flags)
    return exitCodeOf(outcome.report.verdict)
  })
}

async function readConfig(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT')
      throw new UserError('there is no such config', { place: file, remedy: 'name it with --config' })
    throw new UserError(`cannot be read: ${error.message}`, { place: file, cause: error })
  })
}

function planOfFlags(text: string, flags: RunFlags): Plan {
  const { config, suite, only, compare, threshold, failOn, rounds, time, baseline } = flags
  const store = baseline === undefined ? undefined : resolve(baseline)
  return loadPlan(text, config, {
    suite,
    only,
    flags: {
      compare,
      threshold,
      failOn,
      time,
      store,
      rounds: rounds === undefined ? undefined : { max: rounds },
    },
    formats: formats.map((format) => format.name),
  })
}

/** A folder of stored runs serves anywhere; the Actions cache and artifacts are there only inside an action. */
async function storeOf({ baseline: { store }, file }: Plan): Promise<Pick<GateRequest, 'store'>> {
  if (store === 'cache' || store === 'artifact') return {}
  return { store: await openStore(store, { folder: resolve(dirname(file)) }) }
}

async function keep({ head, base, report }: GateOutcome, { save, report: folder }: RunFlags): Promise<void> {
  if (save !== undefined) {
    await saveRun(save, head)
    if (base !== undefined) await saveRun(`${save}.base`, base)
  }
  if (folder !== undefined) await (await import('./write-report.ts')).writeReport(folder, report)
}

/** What gives the same again: the flags that decide what is measured. */
function reproduced({ config, suite, only, base, compare }: RunFlags): string {
  const flags = Object.entries({ config, suite, only, base, compare }).flatMap(([name, value]) =>
    value === undefined
      ? []
      : [`--${name}`, /^[\w./:@*-]+$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`],
  )
  return ['tailgate', 'run', ...flags].join(' ')
}
