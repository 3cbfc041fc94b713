/** Lines that every written workflow is made of. */
import type { Setup } from './finding.ts'
import { PINS } from './pins.ts'

/** Where Tailgate itself is taken from, and what to do about it. */
export const TAILGATE = [
  '      # Pin it like the others: name the owner, and the full commit of a release in the place of v0.',
  '      - uses: OWNER/tailgate@v0',
]

export function step(
  name: string,
  inputs: Readonly<Record<string, string | number | boolean>> = {},
): string[] {
  const pin = PINS[name]
  if (pin === undefined) throw new Error(`no pin of ${name}`)
  const lines = Object.entries(inputs).map(([key, value]) => `          ${key}: ${shown(value)}`)
  return [
    `      - uses: ${name}@${pin.sha} # ${pin.version}`,
    ...(lines.length > 0 ? ['        with:', ...lines] : []),
  ]
}

/** Text that YAML would take for a number, or not for a plain word, is quoted. */
function shown(value: string | number | boolean): string {
  return typeof value === 'string' && !/^[A-Za-z.][\w./-]*$/.test(value)
    ? JSON.stringify(value)
    : String(value)
}

export const CHECKOUT = [
  '      # All of the history: base is found in it, and cannot be fetched later where the repository is private, as',
  '      # scripts of a pull request are not left the token. (A public repository can do without `fetch-depth`.)',
  ...step('actions/checkout', { 'fetch-depth': 0, 'persist-credentials': false }),
]

/** The steps before Tailgate's own, each once. */
export function setupSteps(setups: readonly Setup[]): string[] {
  const seen = new Set<string>()
  return setups
    .filter((one) => {
      const key = JSON.stringify(one)
      return seen.has(key) ? false : seen.add(key)
    })
    .flatMap(linesOf)
}

function linesOf(setup: Setup): string[] {
  return setup.kind === 'run' ? [`      - run: ${setup.line}`] : step(setup.action, setup.with)
}

/** One job a pull request: a newer push ends the older job; commits of a branch are each measured to the end. */
export function concurrency(name: string): string[] {
  return [
    'concurrency:',
    `  group: ${name}-\${{ github.event.pull_request.number || github.sha }}`,
    "  cancel-in-progress: ${{ github.event_name == 'pull_request' }}",
  ]
}

export const NO_RIGHTS = ['# Rights are given job by job.', 'permissions: {}']

/** What the workflows have to know of the repository. */
export interface WorkflowPlan {
  /** What the benchmarks need. */
  readonly setups: readonly Setup[]
  /** The default branch. */
  readonly branch: string
}
