/** What a job that may only read hands to one that may write: a report, as an artifact. */
import { createHash } from 'node:crypto'
import type { Report } from '../core/report.ts'
import { readReport } from '../core/report-file.ts'
import type { Shard } from '../core/shard.ts'
import { parseShard, shardText } from '../core/shard.ts'
import { parseUntrusted } from '../core/untrusted.ts'
import type { Artifact } from './artifacts.ts'
import type { Client } from './client.ts'
import type { WorkflowRun } from './event.ts'

export const HAND_OVER_FILE = 'tailgate.json'
const SCHEMA = 'tailgate-hand-over/1'
const PREFIX = 'tailgate-report-'
/** Characters of one text that the reader takes. */
const LONGEST = 4000

export interface HandOver {
  /** The gate's, told by code of the pull request: it decides which of its own comments is written, no more. */
  readonly id: string
  readonly report: Report
  readonly shard?: Shard
}

/** New in every attempt of a run: artifacts of one name cannot be replaced. */
export function handOverName({ id, shard }: Pick<HandOver, 'id' | 'shard'>, attempt: number): string {
  const part = shard === undefined ? '' : `-${shard.index}of${shard.of}`
  return `${PREFIX}${createHash('sha256').update(id).digest('hex').slice(0, 10)}-${attempt}${part}`
}

export function encodeHandOver({ id, report, shard }: HandOver): string {
  const part = shard === undefined ? {} : { shard: shardText(shard), split: shard.split }
  return JSON.stringify({ schema: SCHEMA, id, ...part, report }, (_, value: unknown) =>
    typeof value === 'string' && value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value,
  )
}

/** Throws UserError on anything that is not a hand-over. */
export function decodeHandOver(text: string, place: string): HandOver {
  const root = parseUntrusted(text, place)
  root.get('schema').oneOf([SCHEMA])
  return {
    id: root.get('id').name().slice(0, 200),
    report: readReport(root.get('report')),
    ...root.optional('shard', (v) => ({
      ...parseShard(v.name(), v.place),
      ...root.optional('split', (split) => split.name()),
    })),
  }
}

/** Of each gate, or shard of one, that a run handed over, the artifact of its last attempt. */
export function handedOver(artifacts: readonly Artifact[]): Artifact[] {
  const last = new Map<string, { attempt: number; artifact: Artifact }>()
  for (const artifact of artifacts) {
    const match = /^tailgate-report-([0-9a-f]{10})-(\d{1,6})((?:-\d+of\d+)?)$/.exec(artifact.name)
    if (match === null) continue
    const attempt = Number(match[2])
    const part = `${match[1]}${match[3]}`
    if (attempt >= (last.get(part)?.attempt ?? 0)) last.set(part, { attempt, artifact })
  }
  return [...last.values()].map(({ artifact }) => artifact)
}

export type PullFound =
  | { readonly kind: 'found'; readonly number: number }
  | { readonly kind: 'stale' | 'none'; readonly reason: string }

/**
 * The pull request that a run was for, from what GitHub says of the run, never from what the run says of itself.
 * (GitHub's own list in the event is empty for forks.)
 */
export async function pullRequestOfRun(
  client: Client,
  run: WorkflowRun,
  repository: string,
): Promise<PullFound> {
  const pulls = (
    await client.all('GET /repos/{owner}/{repo}/pulls', {
      state: 'open',
      head: `${run.headOwner}:${run.headBranch}`,
    })
  ).map(pullOf)
  const mine = pulls.filter(
    (pull) => pull.headRepository === run.headRepositoryId && pull.base === repository,
  )
  const [match, ...more] = mine.filter((pull) => pull.headSha === run.headSha)
  if (match !== undefined && more.length === 0) return { kind: 'found', number: match.number }
  const sha = run.headSha.slice(0, 7)
  if (more.length > 0) return { kind: 'none', reason: `several open pull requests have the head ${sha}` }
  return mine.length > 0
    ? { kind: 'stale', reason: `the pull request has moved on from ${sha}` }
    : { kind: 'none', reason: `no open pull request has the head ${sha}` }
}

function pullOf(item: unknown) {
  const { number, head, base } = item as {
    number: number
    head: { sha: string; repo: { id: number } | null }
    base: { repo: { full_name: string } }
  }
  return { number, headSha: head.sha, headRepository: head.repo?.id, base: base.repo.full_name }
}
