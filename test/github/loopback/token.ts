/** Tokens as the runner hands them out, unsigned: the loopback server reads what they claim. */

export interface Scope {
  readonly ref: string
  readonly read: boolean
  readonly write: boolean
}

/** For the cache and artifact services. */
export function runtimeToken(run: number, scopes: readonly Scope[]): string {
  const ac = scopes.map(({ ref, read, write }) => ({
    Scope: ref,
    Permission: (read ? 1 : 0) + (write ? 2 : 0),
  }))
  const claims = { scp: `Actions.Results:${run}:job-${run}`, ac: JSON.stringify(ac) }
  return `${[{ alg: 'none' }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')}.x`
}

export function scopesOf(authorization: string | undefined): Scope[] {
  const claims = claimsOf(authorization)
  const ac = JSON.parse(String(claims.ac ?? '[]')) as { Scope: string; Permission: number }[]
  return ac.map(({ Scope, Permission }) => ({
    ref: Scope,
    read: (Permission & 1) !== 0,
    write: (Permission & 2) !== 0,
  }))
}

export function runOf(authorization: string | undefined): number {
  return Number(String(claimsOf(authorization).scp ?? '').split(':')[1])
}

function claimsOf(authorization: string | undefined): Record<string, unknown> {
  const [, body = ''] = (authorization ?? '').replace(/^Bearer /, '').split('.')
  return body === '' ? {} : (JSON.parse(Buffer.from(body, 'base64url').toString()) as Record<string, unknown>)
}

/** What the token of REST calls may do, and as whom. `ghs_…`: nothing may depend on its shape. */
export interface Actor {
  readonly token: string
  readonly login: string
  readonly type: 'Bot' | 'User'
  readonly canComment: boolean
  readonly canReadActions: boolean
}

/** Of a push or a pull request of the same repository. */
export const BOT: Actor = {
  token: 'ghs_1_bot',
  login: 'github-actions[bot]',
  type: 'Bot',
  canComment: true,
  canReadActions: true,
}
/** Of a pull request of a fork. */
export const READER: Actor = { ...BOT, token: 'ghs_1_reader', canComment: false }
export const MALLORY: Actor = {
  ...BOT,
  token: 'ghp_mallory',
  login: 'mallory',
  type: 'User',
  canReadActions: false,
}
