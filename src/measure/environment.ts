/** The environment of a script: everything inherited but the runner's own channels and credentials. */

/** Prefixes of what the runner of GitHub Actions hands to an action: its tokens, inputs and state. */
const RUNNER_PREFIXES = ['ACTIONS_', 'INPUT_', 'STATE_', 'GITHUB_ARTIFACTS']

/** Credentials, and the files of workflow commands, through which a script could change later steps. */
const RUNNER_NAMES = new Set([
  'GITHUB_TOKEN',
  'GH_TOKEN',
  'GITHUB_ENV',
  'GITHUB_PATH',
  'GITHUB_OUTPUT',
  'GITHUB_STATE',
  'GITHUB_STEP_SUMMARY',
])

/**
 * What ties git to one repository whatever the folder: set inside hooks, where it would make a script in a copy work
 * on the user's own repository. A part of `git rev-parse --local-env-vars`.
 */
const GIT_LOCAL_NAMES = new Set([
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_PREFIX',
  'GIT_COMMON_DIR',
  'GIT_OBJECT_DIRECTORY',
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_NAMESPACE',
  'GIT_SHALLOW_FILE',
])

type Environment = Readonly<Record<string, string | undefined>>

/** Names are compared without case: Windows does not tell `Github_Token` from `GITHUB_TOKEN`. */
function isWithheld(name: string): boolean {
  const upper = name.toUpperCase()
  return (
    RUNNER_NAMES.has(upper) ||
    GIT_LOCAL_NAMES.has(upper) ||
    RUNNER_PREFIXES.some((prefix) => upper.startsWith(prefix))
  )
}

/** For scripts and builds: `added` comes last and may set anything. */
export function scriptEnvironment(
  inherited: Environment,
  ...added: readonly Environment[]
): Record<string, string | undefined> {
  const kept = Object.entries(inherited).filter(([name]) => !isWithheld(name))
  return Object.assign(Object.fromEntries(kept), ...added) as Record<string, string | undefined>
}

/** For git itself: credentials stay, the tie to another repository does not. */
export function gitEnvironment(
  inherited: Environment,
  added: Environment = {},
): Record<string, string | undefined> {
  const kept = Object.entries(inherited).filter(([name]) => !GIT_LOCAL_NAMES.has(name.toUpperCase()))
  return Object.assign(
    Object.fromEntries(kept),
    // No question to a person, no refresh of the user's index on the side, messages that can be told apart.
    { GIT_TERMINAL_PROMPT: '0', GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C', LANGUAGE: '' },
    added,
  ) as Record<string, string | undefined>
}
