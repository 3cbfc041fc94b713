/** What `tailgate init` would write into a repository. */
import { loadPlan } from '../config/load.ts'
import { UserError } from '../core/errors.ts'
import { formats } from '../formats/registry.ts'
import { configText } from './config-text.ts'
import * as detectors from './detectors/index.ts'
import type { Finding } from './finding.ts'
import { measureWorkflow, reportWorkflow } from './fork-workflows.ts'
import { gateWorkflow } from './gate-workflow.ts'
import { packagesOf } from './packages.ts'
import { releaseWorkflow } from './release-workflow.ts'
import type { Tree } from './tree.ts'

export const CONFIG = 'tailgate.yml'

export interface Wanted {
  readonly forkSafe: boolean
  readonly releaseGate: boolean
  /** The default branch. */
  readonly branch: string
  /** Whether there is a config already that stays as it is. */
  readonly keepsConfig: boolean
}

export interface Proposal {
  readonly files: readonly { readonly path: string; readonly text: string }[]
  /** Those that can run as they are, then the others. */
  readonly findings: readonly Finding[]
}

/** Throws UserError where nothing that could be measured was found: a config without benchmarks gates nothing. */
export function propose(tree: Tree, { forkSafe, releaseGate, branch, keepsConfig }: Wanted): Proposal {
  const found = Object.values(detectors).flatMap((detector) => detector.detect(tree))
  const able = found.filter(({ toUse }) => toUse === undefined)
  // What starts a server comes last: it takes longest.
  const ready = [
    ...able.filter((f) => f.service === undefined),
    ...able.filter((f) => f.service !== undefined),
  ]
  const findings = [...ready, ...found.filter(({ toUse }) => toUse !== undefined)]
  if (ready.length === 0 && !keepsConfig) throw nothing(found)
  // A config that somebody wrote by hand runs what is not found: then what the repository is made of will be needed.
  const top = packagesOf(tree).find(({ folder }) => folder === '')
  const plan = {
    setups: ready.length > 0 ? ready.flatMap(({ setup }) => setup ?? []) : (top?.setup ?? []),
    branch,
  }
  const schema = top?.dependencies.tailgate !== undefined
  const config = ready.length === 0 ? undefined : configText(findings, { releaseGate, schema })
  // What is written has to be taken by the program that wrote it.
  if (config !== undefined) loadPlan(config, CONFIG, { formats: formats.map(({ name }) => name) })
  const workflows: [string, string][] = [
    ['tailgate.yml', forkSafe ? measureWorkflow(plan) : gateWorkflow(plan)],
    ...(forkSafe ? [['tailgate-report.yml', reportWorkflow()] as [string, string]] : []),
    ...(releaseGate ? [['tailgate-release.yml', releaseWorkflow(plan)] as [string, string]] : []),
  ]
  return {
    files: [
      ...(config === undefined ? [] : [{ path: CONFIG, text: config }]),
      ...workflows.map(([name, text]) => ({ path: `.github/workflows/${name}`, text })),
    ],
    findings,
  }
}

function nothing(found: readonly Finding[]): UserError {
  if (found.length > 0)
    return new UserError(
      `nothing here can be measured as it is: ${found.map(({ because, toUse }) => `${because}; to use it, ${toUse}`).join('. ')}`,
      { remedy: 'do that for one of them, or write tailgate.yml by hand' },
    )
  const looked = Object.values(detectors).map(({ looksFor }) => looksFor)
  return new UserError(`no benchmark was found; looked for ${looked.join('; ')}`, {
    remedy: 'write tailgate.yml by hand: benchmarks: [{ name: json, run: node bench/json.mjs }]',
  })
}
