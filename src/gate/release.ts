/**
 * Release gates (`baseline: { release: true }`): head against main as ever, and against the last release. Small steps that
 * each pass add up; the second comparison sees their sum. Each has half of the false alarms, and half of the time.
 */
import { join } from 'node:path'
import { apart } from '../core/apart.ts'
import { lineOf, UserError } from '../core/errors.ts'
import { joinReports } from '../core/join-reports.ts'
import type { Plan } from '../core/plan.ts'
import type { Environment, Report } from '../core/report.ts'
import { decide } from '../core/verdict.ts'
import type { GateOutcome, GateRequest, World } from '../gate.ts'
import { runGate } from '../gate.ts'
import { findBase } from '../measure/base-commit.ts'
import { git } from '../measure/git.ts'
import type { Named } from '../measure/history.ts'
import { previousTag } from '../measure/previous-tag.ts'

/** One comparison, or two where the plan asks for the last release as well; the stricter verdict of both. */
export async function runGates(request: GateRequest, world: World): Promise<GateOutcome> {
  if (!request.plan.baseline.release) return runGate(request, world)
  const asked = againstMain(request)
  const release = await lastRelease(asked)
  if (typeof release === 'string') {
    const outcome = await runGate(asked, world)
    return { ...outcome, report: warned(outcome.report, `not compared with the last release: ${release}`) }
  }
  const halved = { ...asked, plan: half(asked.plan) }
  const first = await runGate(halved, world)
  if (world.signal.aborted) return first
  world.progress.say(`now against the last release, ${release.ref}`)
  const { report, stoppedBy } = await sinceTag(halved, release, world)
  const joined = joinReports([
    { report: first.report, shard: { index: 1, of: 2 } },
    { report: apart(report, `since ${release.ref}`), shard: { index: 2, of: 2 } },
  ])
  const environment = environmentOf(first.report.environment, joined.environment, release)
  return {
    ...first,
    report: { ...joined, environment },
    stoppedBy: stoppedBy === 'signal' || first.stoppedBy === 'settled' ? stoppedBy : first.stoppedBy,
  }
}

/** On a tag the base would be the last release itself: here it is main. */
function againstMain(request: GateRequest): GateRequest {
  if (request.event?.kind !== 'tag') return request
  const { event: _, ...rest } = request
  return rest
}

function half(plan: Plan): Plan {
  return { ...plan, falseAlarms: plan.falseAlarms / 2, time: plan.time / 2 }
}

/** Or why there is nothing more to compare with. */
async function lastRelease(request: GateRequest): Promise<Named | string> {
  const { plan, folder } = request
  if (plan.compare === 'none' || plan.compare === 'sides')
    return `with \`compare: ${plan.compare}\` there is no base`
  const head = await git(folder, ['rev-parse', '--verify', 'HEAD^{commit}'])
  const release = await previousTag(folder, head)
  if (release === undefined) return 'there is no tag before this commit'
  if (plan.compare === 'history') return release
  const base = await findBase(request).catch((error: unknown) => {
    if (error instanceof UserError) return undefined
    throw error
  })
  return base?.commit === release.commit ? `base is the release ${release.ref} itself` : release
}

async function sinceTag(
  request: GateRequest,
  { ref }: Named,
  world: World,
): Promise<Pick<GateOutcome, 'report' | 'stoppedBy'>> {
  const { readiness: _, ...plan } = request.plan
  const { store: __, event: ___, ...rest } = request
  const files = filesApart(request, `since-${ref.replaceAll(/[^\w.-]+/g, '_')}`)
  try {
    return await runGate(
      { ...rest, ...files, plan: { ...plan, compare: 'base' }, base: ref, saveBaseline: false },
      world,
    )
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return {
      report: notMeasured(request, lineOf(error)),
      stoppedBy: world.signal.aborted ? 'signal' : 'settled',
    }
  }
}

/** The same benchmarks again: what is kept of them goes to a folder below that of the first comparison. */
function filesApart({ logs, profiles }: GateRequest, name: string): Pick<GateRequest, 'logs' | 'profiles'> {
  return {
    ...(logs === undefined ? {} : { logs: join(logs, name) }),
    ...(profiles === undefined ? {} : { profiles: join(profiles, name) }),
  }
}

/** What was compared with main is told all the same. */
function notMeasured({ plan, id }: GateRequest, reason: string): Report {
  const failures = [{ benchmark: '', side: 'base' as const, status: 'error' as const, reason }]
  const nothing = { comparisons: [], budgets: [], failures }
  const { verdict, failedBy, warnings } = decide({ ...nothing, noBaseline: true, failOn: plan.failOn })
  const environment = { tool: '', compare: 'base' as const, falseAlarms: plan.falseAlarms, id }
  return {
    schema: 'tailgate-report/1',
    verdict,
    failedBy,
    ...nothing,
    distributions: [],
    warnings,
    environment,
  }
}

function warned(report: Report, message: string): Report {
  return { ...report, warnings: [...report.warnings, { code: 'no-release', message }] }
}

/** The coin of the first; what base was says both. */
function environmentOf(first: Environment, joined: Environment, { ref, commit }: Named): Environment {
  const release = `the last release, ${ref} (${commit.slice(0, 7)}), for what is named so`
  return {
    ...joined,
    ...(first.seed === undefined ? {} : { seed: first.seed }),
    ...(first.base === undefined
      ? {}
      : { base: { ...first.base, source: `${first.base.source}; and ${release}` } }),
  }
}
