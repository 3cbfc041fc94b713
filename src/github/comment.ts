/** One comment for one gate on one pull request: found again, updated in place, never by an older job. */
import type { Client } from './client.ts'
import { ApiError } from './client.ts'
import type { Marker } from './marker.ts'
import { isNewer, isOf, readMarker, writeMarker } from './marker.ts'

export type CommentMode = 'auto' | 'always' | 'on-change' | 'never'

export type Posted =
  | { readonly posted: true; readonly url: string; readonly how: 'created' | 'updated' | 'unchanged' }
  /** `intended`: nothing was to be written, as configured or because a newer job has spoken. */
  | { readonly posted: false; readonly reason: string; readonly intended?: true }

export interface CommentRequest {
  /** Number of the pull request. */
  readonly number: number
  readonly marker: Marker
  readonly mode: CommentMode
  /** The whole body, `marker` on its first line, in at most `limit` characters. */
  readonly render: (marker: string, limit: number) => string
}

interface Comment {
  readonly id: number
  readonly body: string
  readonly url: string
  readonly login: string
  readonly isBot: boolean
}

/** GitHub takes 65 536 by its own account; a body that it still refuses is made shorter. */
const LIMITS = [60_000, 30_000, 12_000, 4_000]

/** Whom GITHUB_TOKEN writes as. */
const ACTIONS_BOT = 'github-actions[bot]'

const COMMENTS = 'GET /repos/{owner}/{repo}/issues/{issue_number}/comments'
const CREATE = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments'
const UPDATE = 'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}'
const DELETE = 'DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}'

/** Never throws: a verdict does not hang on whether it could be told here. */
export async function upsertComment(client: Client, request: CommentRequest): Promise<Posted> {
  if (request.mode === 'never') return { posted: false, reason: '`comment: never`', intended: true }
  try {
    const mine = await findMine(client, request)
    const [current, ...copies] = mine
    const skipped = reasonToSkip(request, current)
    if (skipped !== undefined) return { posted: false, reason: skipped, intended: true }
    const posted = await write(client, request, current)
    // Two jobs that both found none made two: the first stays.
    for (const { id } of copies) await client.request(DELETE, { comment_id: id }).catch(() => undefined)
    return posted
  } catch (error) {
    return { posted: false, reason: reasonOf(error) }
  }
}

/** By marker and author, on all pages, oldest first: anybody may write a comment that looks like ours. */
async function findMine(client: Client, { number, marker }: CommentRequest): Promise<Comment[]> {
  const comments = (await client.all(COMMENTS, { issue_number: number })).map(commentOf)
  const ours = comments.filter(({ body }) => isOf(readMarker(body), marker.id))
  if (ours.length === 0) return []
  const viewer = (await client.viewer()) ?? ACTIONS_BOT
  return ours.filter(({ login, isBot }) => login === viewer || (isBot && login === `${viewer}[bot]`))
}

function commentOf(item: unknown): Comment {
  const { id, body, html_url, user } = item as {
    id: number
    body?: string | null
    html_url: string
    user: { login: string; type: string } | null
  }
  return { id, body: body ?? '', url: html_url, login: user?.login ?? '', isBot: user?.type === 'Bot' }
}

function reasonToSkip({ mode, marker }: CommentRequest, current: Comment | undefined): string | undefined {
  const before = current === undefined ? undefined : readMarker(current.body)
  if (before !== undefined && isNewer(before, marker))
    return `the comment is of a newer run (${before.sha.slice(0, 7)})`
  if (mode === 'on-change' && (before?.verdict ?? 'pass') === marker.verdict)
    return '`comment: on-change`, and the verdict is what it was'
  return undefined
}

async function write(client: Client, request: CommentRequest, current: Comment | undefined): Promise<Posted> {
  const { number, marker, render } = request
  for (const [i, limit] of LIMITS.entries()) {
    const body = render(writeMarker(marker), limit)
    if (current?.body === body) return { posted: true, url: current.url, how: 'unchanged' }
    try {
      const { data } =
        current === undefined
          ? await client.request(CREATE, { issue_number: number, body })
          : await client.request(UPDATE, { comment_id: current.id, body })
      return { posted: true, url: commentOf(data).url, how: current === undefined ? 'created' : 'updated' }
    } catch (error) {
      // Somebody deleted it meanwhile.
      if (current !== undefined && error instanceof ApiError && error.status === 404)
        return write(client, request, undefined)
      const tooLong = error instanceof ApiError && error.status === 422 && i < LIMITS.length - 1
      if (!tooLong) throw error
    }
  }
  return { posted: false, reason: 'GitHub refused the comment at any length' }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof ApiError)) return error instanceof Error ? error.message : String(error)
  if (error.status === 403 || error.status === 401 || error.status === 404)
    return `the token may not write to this pull request (${error.status}: ${error.message})`
  if (error.status === 0) return `GitHub could not be reached (${error.message})`
  return `GitHub answered ${error.status}: ${error.message}`
}
