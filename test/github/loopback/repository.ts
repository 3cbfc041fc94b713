/** The part of REST and GraphQL that is used, of one repository. Replies start as GitHub's own examples. */
import { example } from './contract.ts'
import type { Answer, Exchange } from './exchange.ts'
import { bodyOf } from './exchange.ts'
import type { Actor } from './token.ts'

export interface Comment {
  id: number
  node_id: string
  body: string
  html_url: string
  issue_url: string
  user: Record<string, unknown> & { login: string; type: string }
}

/** Characters that a body may have. */
export const LONGEST_COMMENT = 65_536

export interface Pull {
  readonly number: number
  readonly headSha: string
  readonly headRef: string
  readonly headOwner: string
  readonly headRepositoryId: number
}

export interface Route {
  /** As in GitHub's description. */
  readonly path: string
  readonly answer: Answer
}

type Handler = (parts: readonly string[], exchange: Exchange, actor: Actor) => Answer

export class Repository {
  readonly comments: (Comment & { issue: number })[] = []
  /** Of every pull request alike. */
  readonly labels: { name: string; by: string }[] = []
  readonly pulls: Pull[] = []
  readonly statuses: {
    sha: string
    state: string
    context: string
    description: string
    target_url: string
  }[] = []
  /** Characters; smaller to see how a refusal is met. */
  longestComment = LONGEST_COMMENT
  private next = 1000

  say(issue: number, body: string, by: Actor): Comment {
    const id = ++this.next
    const comment = example<Comment>('issue-comment')
    const said = {
      ...comment,
      id,
      node_id: `IC_${id}`,
      body,
      html_url: `https://github.com/acme/widget/pull/${issue}#issuecomment-${id}`,
      issue_url: `https://api.github.com/repos/acme/widget/issues/${issue}`,
      user: { ...comment.user, login: by.login, type: by.type },
      issue,
    }
    this.comments.push(said)
    return said
  }

  /** Undefined: no such route here. */
  route(exchange: Exchange, actor: Actor): Route | undefined {
    for (const [method, path, handle] of this.handlers) {
      const pattern = new RegExp(`^${path.replace(/\{[a-z_]+\}/g, '([^/]+)')}$`)
      const match = exchange.method === method ? pattern.exec(exchange.path) : null
      if (match !== null) return { path, answer: handle(match.slice(3), exchange, actor) }
    }
    return undefined
  }

  private readonly handlers: readonly (readonly [string, string, Handler])[] = [
    [
      'GET',
      '/repos/{owner}/{repo}/issues/{issue_number}/comments',
      ([issue], { query }) => ({
        status: 200,
        json: paged(this.comments.filter((comment) => comment.issue === Number(issue)).map(bare), query),
      }),
    ],
    [
      'POST',
      '/repos/{owner}/{repo}/issues/{issue_number}/comments',
      ([issue], exchange, actor) =>
        this.writing(exchange, actor, (body) => ({
          status: 201,
          json: bare(this.say(Number(issue), body, actor) as Comment & { issue: number }),
        })),
    ],
    [
      'PATCH',
      '/repos/{owner}/{repo}/issues/comments/{comment_id}',
      ([id], exchange, actor) =>
        this.writing(exchange, actor, (body) => {
          const comment = this.comments.find((one) => one.id === Number(id))
          if (comment === undefined) return NOT_FOUND
          if (comment.user.login !== actor.login) return FORBIDDEN
          comment.body = body
          return { status: 200, json: bare(comment) }
        }),
    ],
    [
      'DELETE',
      '/repos/{owner}/{repo}/issues/comments/{comment_id}',
      ([id], _, actor) => {
        const at = this.comments.findIndex((one) => one.id === Number(id))
        if (at === -1) return NOT_FOUND
        if (!actor.canComment) return FORBIDDEN
        this.comments.splice(at, 1)
        return { status: 204 }
      },
    ],
    [
      'GET',
      '/repos/{owner}/{repo}/issues/{issue_number}/labels',
      (_, { query }) => ({ status: 200, json: paged(this.labels.map(labelReply), query) }),
    ],
    [
      'GET',
      '/repos/{owner}/{repo}/issues/{issue_number}/events',
      (_, { query }) => ({ status: 200, json: paged(this.labels.map(labelledReply), query) }),
    ],
    [
      'POST',
      '/repos/{owner}/{repo}/statuses/{sha}',
      ([sha], exchange, actor) => {
        if (!actor.canComment) return FORBIDDEN
        const told = bodyOf(exchange) as Omit<(typeof this.statuses)[number], 'sha'>
        const status = { sha: sha!, ...told }
        // As GitHub does.
        if (status.description.length > 140) return { status: 422, json: { message: 'Validation Failed' } }
        this.statuses.push(status)
        return { status: 201, json: { ...example<object>('status'), ...status } }
      },
    ],
    [
      'GET',
      '/repos/{owner}/{repo}/pulls',
      (_, { query }) => {
        const asked = this.pulls.filter((pull) => `${pull.headOwner}:${pull.headRef}` === query.get('head'))
        return { status: 200, json: paged(asked.map(pullReply), query) }
      },
    ],
  ]

  private writing(exchange: Exchange, actor: Actor, write: (body: string) => Answer): Answer {
    if (!actor.canComment) return FORBIDDEN
    const body = String(bodyOf(exchange).body)
    if (body.length <= this.longestComment) return write(body)
    return {
      status: 422,
      json: {
        message: 'Validation Failed',
        errors: [{ resource: 'IssueComment', code: 'custom', field: 'body', message: 'body is too long' }],
        documentation_url: 'https://docs.github.com/rest',
      },
    }
  }
}

export const FORBIDDEN: Answer = {
  status: 403,
  json: {
    message: 'Resource not accessible by integration',
    documentation_url: 'https://docs.github.com/rest',
  },
}
export const NOT_FOUND: Answer = {
  status: 404,
  json: { message: 'Not Found', documentation_url: 'https://docs.github.com/rest' },
}

function bare({ issue: _, ...comment }: Comment & { issue: number }): Comment {
  return comment
}

function paged<T>(items: readonly T[], query: URLSearchParams): T[] {
  const size = Number(query.get('per_page') ?? 30)
  const page = Number(query.get('page') ?? 1)
  return items.slice((page - 1) * size, page * size)
}

interface PullReply {
  number: number
  requested_teams: unknown[]
  head: { sha: string; ref: string; label: string; repo: { id: number } }
  base: { repo: { full_name: string } }
}

function pullReply({ number, headSha, headRef, headOwner, headRepositoryId }: Pull): PullReply {
  const [reply] = example<PullReply[]>('pull-request-simple-items')
  reply!.number = number
  // The example itself strays from the description here.
  reply!.requested_teams = []
  Object.assign(reply!.head, { sha: headSha, ref: headRef, label: `${headOwner}:${headRef}` })
  reply!.head.repo.id = headRepositoryId
  reply!.base.repo.full_name = 'acme/widget'
  return reply!
}

function labelReply({ name }: { name: string }): object {
  const url = `https://api.github.com/repos/acme/widget/labels/${encodeURIComponent(name)}`
  return { id: 1, node_id: 'L_1', url, name, description: null, color: 'ffffff', default: false }
}

function labelledReply({ name, by }: { name: string; by: string }): object {
  const { user } = example<Comment>('issue-comment')
  return {
    id: 1,
    node_id: 'LE_1',
    url: 'https://api.github.com/repos/acme/widget/issues/events/1',
    actor: { ...user, login: by },
    event: 'labeled',
    commit_id: null,
    commit_url: null,
    created_at: '2026-11-20T10:00:00Z',
    performed_via_github_app: null,
    label: { name, color: 'ffffff' },
  }
}
