/** The repository acme/widget with pull request 7, and the jobs that GitHub starts for it. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { CONFIG, type Files, measured, type Repository, temporaryFolder } from '../cli/repository.ts'
import type { Done, Job } from './job.ts'
import { checkout, runJob } from './job.ts'
import type { Loopback } from './loopback/server.ts'
import type { Scope } from './loopback/token.ts'
import { BOT, READER } from './loopback/token.ts'

export type Change = Partial<Omit<Job, 'github'>> & { readonly fork?: boolean }

const ON_MAIN: readonly Scope[] = [{ ref: 'refs/heads/main', read: true, write: true }]
const ON_PULL: readonly Scope[] = [
  { ref: 'refs/pull/7/merge', read: true, write: true },
  { ref: 'refs/heads/main', read: true, write: false },
]

/** As few rounds as a verdict can be had in. */
const BRIEF = CONFIG.replace('time: 5m', 'time: 5m\nrounds: { min: 10, max: 14, warmup: 0 }')

// biome-ignore lint/suspicious/noExplicitAny: an event is changed here and there
function sample(name: string): any {
  return JSON.parse(
    readFileSync(resolve(import.meta.dirname, '../../fixtures/github', `${name}.json`), 'utf8'),
  )
}

export class Acme {
  readonly origin: Repository
  readonly github: Loopback
  private runs = 100

  /** Its one benchmark takes 100 µs on main. */
  constructor(github: Loopback, config = BRIEF) {
    this.github = github
    this.origin = measured(100, config)
    this.origin.git('config', 'uploadpack.allowAnySHA1InWant', 'true')
  }

  /** A commit on main, pushed. */
  async push(files: Files, change: Change = {}): Promise<Done> {
    const before = this.origin.git('rev-parse', 'main')
    this.origin.git('switch', '-q', 'main')
    const sha = this.origin.commit('push', files)
    const payload = { ...sample('push'), before, after: sha }
    this.github.artifacts.runs.push({
      id: this.runs + 1,
      event: 'push',
      path: '.github/workflows/tailgate.yml',
      headSha: sha,
      headBranch: 'main',
      headRepositoryId: 1296269,
      conclusion: 'success',
    })
    return this.start({
      event: { name: 'push', payload },
      ref: 'refs/heads/main',
      sha,
      actor: BOT,
      scopes: ON_MAIN,
      ...change,
    })
  }

  /** Pull request 7 with `files` changed on top of main: the job on its merge commit. */
  pull(files: Files, { fork, ...change }: Change = {}): Promise<Done> {
    return this.start({ ...this.open(files, fork === true), ...change })
  }

  /** The jobs of one run for pull request 7, one after another, each with inputs of its own. */
  async jobs(files: Files, inputs: readonly Readonly<Record<string, string>>[]): Promise<Done[]> {
    const opened = this.open(files, false)
    const runId = ++this.runs
    const done: Done[] = []
    for (const of of inputs) done.push(await this.start({ ...opened, inputs: of }, runId))
    return done
  }

  private open(files: Files, fork: boolean) {
    const base = this.origin.git('rev-parse', 'main')
    this.origin.git('switch', '-q', '-C', 'faster-parser', 'main')
    const head = this.origin.commit('work', files)
    this.origin.git('switch', '-q', '--detach', 'main')
    this.origin.git('merge', '-q', '--no-ff', '-m', 'merge', head)
    const sha = this.origin.git('rev-parse', 'HEAD')
    this.record(head, fork)
    const payload = sample(fork ? 'fork-pull-request' : 'pull-request')
    payload.pull_request.base.sha = base
    payload.pull_request.head.sha = head
    return {
      event: { name: 'pull_request', payload },
      ref: 'refs/pull/7/merge',
      sha,
      actor: fork ? READER : BOT,
      scopes: ON_PULL,
    }
  }

  /** What GitHub knows of the pull request and of the run that is about to start. */
  private record(headSha: string, fork: boolean): void {
    const origin = fork
      ? { headRef: 'main', headOwner: 'mallory', headRepositoryId: 99 }
      : { headRef: 'faster-parser', headOwner: 'acme', headRepositoryId: 1296269 }
    this.github.repository.pulls.splice(0, 1, { number: 7, headSha, ...origin })
    this.github.artifacts.runs.push({
      id: this.runs + 1,
      event: 'pull_request',
      path: '.github/workflows/tailgate.yml',
      headSha,
      headBranch: origin.headRef,
      headRepositoryId: origin.headRepositoryId,
      conclusion: 'failure',
    })
  }

  /** The workflow that follows the last run: `mode: report`, with no checkout. */
  followUp(change: Change = {}): Promise<Done> {
    const run = this.github.artifacts.runs.at(-1)!
    const payload = sample('workflow-run')
    Object.assign(payload.workflow_run, { id: run.id, head_sha: run.headSha, head_branch: run.headBranch })
    return runJob({
      github: this.github,
      runId: ++this.runs,
      workspace: temporaryFolder(),
      event: { name: 'workflow_run', payload },
      ref: 'refs/heads/main',
      sha: 'a'.repeat(40),
      actor: BOT,
      scopes: [],
      ...change,
      inputs: { mode: 'report', ...change.inputs },
    })
  }

  private start(job: Omit<Job, 'github' | 'runId' | 'workspace'>, runId = ++this.runs): Promise<Done> {
    const workspace = checkout(this.origin.folder, job.sha)
    return runJob({ github: this.github, runId, workspace, ...job })
  }

  get comments(): string[] {
    return this.github.repository.comments.map(({ body }) => body)
  }
}
