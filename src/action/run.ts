/** One job of the action, from its inputs to its exit code. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { cancelled } from '../core/cancelled.ts'
import { lineOf, UserError } from '../core/errors.ts'
import { exitCodeOf } from '../core/report.ts'
import { runGates } from '../gate/release.ts'
import type { GateRequest } from '../gate.ts'
import { repositoryArtifacts } from '../github/artifact-service.ts'
import { uploadArtifact } from '../github/artifact-upload.ts'
import {
  baseEventOf,
  baselineBranchOf,
  provenanceOf,
  requireMeasurable,
  savesBaseline,
  targetBranchOf,
} from '../github/circumstances.ts'
import { failStep } from '../github/commands.ts'
import type { Context, Env } from '../github/context.ts'
import { readContext } from '../github/context.ts'
import type { HandOver } from '../github/hand-over.ts'
import { encodeHandOver, HAND_OVER_FILE, handOverName } from '../github/hand-over.ts'
import type { Interrupts } from '../measure/interrupts.ts'
import { INTERRUPT_CODES, listenForInterrupts } from '../measure/interrupts.ts'
import { openStore } from '../stores/index.ts'
import { acceptedByLabel } from './accepted.ts'
import type { ActionInputs } from './inputs.ts'
import { readInputs } from './inputs.ts'
import { logged, say } from './log.ts'
import type { Planned } from './plan.ts'
import { idOf, planOfAction } from './plan.ts'
import { publish, tellSummary } from './publish.ts'
import { publishError } from './publish-error.ts'
import { reportFolder } from './report-folder.ts'
import { reportMode } from './report-mode.ts'

/** Answers the exit code; whatever is thrown inside is told where people look, and never green. */
export async function runAction(env: Env): Promise<number> {
  const interrupts = listenForInterrupts()
  let inputs: ActionInputs | undefined
  let context: Context | undefined
  try {
    inputs = readInputs(env)
    context = await contextOf(env)
    if (inputs.mode === 'report') return await reportMode(env, inputs, context)
    requireMeasurable(context)
    const planned = await planOfAction(inputs, env.GITHUB_WORKSPACE ?? process.cwd(), targetBranchOf(context))
    const outcome = await runGates(await requestOf(env, inputs, context, planned, interrupts), {
      progress: logged,
      signal: interrupts.signal,
    })
    const judged = await acceptedByLabel(outcome.report, planned.plan, context, inputs.token)
    const report = interrupts.cause() === undefined ? judged : cancelled(judged)
    await publish({ env, inputs, context, planned, report, runs: outcome }).catch(
      // The verdict stands whether or not it could be told.
      (error: unknown) => say(`warning: the report could not be told everywhere: ${lineOf(error)}`),
    )
    if (inputs.mode === 'measure')
      await handOver(env, context, { id: planned.id, report, ...shardOf(planned) })
    return codeOf(interrupts) ?? exitCodeOf(report.verdict)
  } catch (error) {
    const told = toldOf(error, interrupts)
    if (!(error instanceof UserError)) say(String((error as Error).stack ?? error))
    const id = inputs === undefined ? 'tailgate.yml' : idOf(inputs)
    await publishError({ env, told, id, ...(inputs && { inputs }), ...(context && { context }) }).catch(
      (second: unknown) => failStep(`${told}; and it could not be told: ${lineOf(second)}`),
    )
    return codeOf(interrupts) ?? 2
  } finally {
    interrupts.stop()
  }
}

function toldOf(error: unknown, interrupts: Interrupts): string {
  if (interrupts.cause() !== undefined) return 'the job was cancelled before anything could be judged'
  return error instanceof UserError
    ? error.line
    : `${lineOf(error)} (a fault of Tailgate itself: please report it with the log of this job)`
}

function shardOf({ shard }: Planned): Pick<HandOver, 'shard'> {
  return shard === undefined ? {} : { shard }
}

async function contextOf(env: Env): Promise<Context> {
  const file = env.GITHUB_EVENT_PATH
  const text = file === undefined ? '{}' : await readFile(file, 'utf8').catch(() => '{}')
  return readContext(env, text)
}

async function requestOf(
  env: Env,
  inputs: ActionInputs,
  context: Context,
  { plan, folder, id: gate, baselineId: id, planOf }: Planned,
  { signal }: Interrupts,
): Promise<GateRequest> {
  const event = baseEventOf(context)
  const branch = baselineBranchOf(context, plan.baseline.branch)
  const artifacts = repositoryArtifacts(env, context, inputs.token)
  const cache = { script: process.argv[1] ?? '', args: ['cache-client'], env, signal }
  return {
    plan,
    folder,
    id,
    store: await openStore(plan.baseline.store, { folder, cache, artifacts }),
    saveBaseline: savesBaseline(context, plan.baseline.branch),
    logs: join(reportFolder(env, gate), 'logs'),
    profiles: join(reportFolder(env, gate), 'profiles'),
    provenance: provenanceOf(context, id, branch),
    reproduce: reproduced(inputs, context),
    ...(planOf === undefined ? {} : { planOf }),
    ...(inputs.base === undefined ? {} : { base: inputs.base }),
    ...(event === undefined ? {} : { event }),
    ...(branch === undefined ? {} : { branch }),
  }
}

/** For the job that may comment. That it could not be handed over changes no verdict, and is said. */
async function handOver(env: Env, { runAttempt }: Context, handed: HandOver): Promise<void> {
  const name = handOverName(handed, runAttempt)
  const content = encodeHandOver(handed)
  const kept = await uploadArtifact(env, name, { name: HAND_OVER_FILE, content })
  if (kept.uploaded) return say(`handed over as the artifact ${name}`)
  say(`warning: the report could not be handed over: ${kept.reason}`)
  await tellSummary(env, () => `\n> The report could not be handed over for a comment. The verdict stands.`)
}

function codeOf(interrupts: Interrupts): number | undefined {
  const cause = interrupts.cause()
  return cause === undefined ? undefined : INTERRUPT_CODES[cause]
}

/** What a person types to get the same on a machine of their own. */
function reproduced({ single, config, suite, only, base }: ActionInputs, { pullRequest }: Context): string {
  const quoted = (value: string): string =>
    /^[\w./:@-]+$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`
  const against = base ?? (pullRequest === undefined ? undefined : `origin/${pullRequest.baseRef}`)
  if (single !== undefined) return single.run
  const flags = { config, suite, only, base: against }
  const told = Object.entries(flags).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}`, quoted(value)],
  )
  return ['npx tailgate run', ...told].join(' ')
}
