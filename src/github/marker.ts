/** The hidden line by which a gate finds its own comment again, and knows which job wrote it. */

export interface Marker {
  readonly id: string
  readonly sha: string
  readonly runId: number
  readonly runAttempt: number
  readonly verdict: string
}

const PATTERN = /^<!-- tailgate:(\S+) sha=([0-9a-f]*) run=(\d+)\.(\d+) verdict=([a-z-]+) -->$/

export function writeMarker({ id, sha, runId, runAttempt, verdict }: Marker): string {
  return `<!-- tailgate:${encoded(id)} sha=${sha} run=${runId}.${runAttempt} verdict=${verdict} -->`
}

/** Of the first line only: further down anything could be quoted. */
export function readMarker(body: string): Marker | undefined {
  const match = PATTERN.exec(body.split(/\r?\n/, 1)[0] ?? '')
  if (match === null) return undefined
  const [, id = '', sha = '', run, attempt, verdict = ''] = match
  return { id, sha, runId: Number(run), runAttempt: Number(attempt), verdict }
}

export function isOf(marker: Marker | undefined, id: string): marker is Marker {
  return marker !== undefined && marker.id === encoded(id)
}

/** Runs are numbered in the order they start; the same run tried again keeps its number. */
export function isNewer(a: Marker, b: Marker): boolean {
  return a.runId === b.runId ? a.runAttempt > b.runAttempt : a.runId > b.runId
}

/** No space, and nothing that could end an HTML comment. */
function encoded(id: string): string {
  return encodeURIComponent(id).replaceAll('--', '%2D%2D')
}
