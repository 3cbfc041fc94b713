/** How a repository's Python is installed and run. */
import type { Setup } from './finding.ts'
import { word } from './shell.ts'
import { tablesOf } from './toml.ts'
import { filesNamed, type Tree } from './tree.ts'

export interface Python {
  readonly build: readonly string[]
  /** Before the name of a program of the environment. */
  readonly prefix: string
  readonly setup: readonly Setup[]
}

const MANIFESTS =
  /^(?:.*requirements.*\.(?:txt|in)|pyproject\.toml|setup\.(?:cfg|py)|Pipfile|tox\.ini|environment\.ya?ml)$/

/** The manifest that names a package. */
export function pythonManifest(tree: Tree, name: RegExp): string | undefined {
  const found = filesNamed(tree, MANIFESTS).filter(({ text }) => name.test(text))
  // Of several, the one nearest to the top; requirements before what needs a build.
  return found.sort((a, b) => depth(a.path) - depth(b.path) || rank(a.path) - rank(b.path))[0]?.path
}

const depth = (path: string): number => path.split('/').length
const rank = (path: string): number => (/requirements/.test(path) ? 0 : 1)

/** What is needed of the environment: a package as manifests name it, and what to install where none does. */
export interface Needed {
  readonly naming: RegExp
  readonly install: string
}

/** Each checkout gets an environment of its own, as both may want other versions. */
export function pythonOf(tree: Tree, manifest: string | undefined, { naming, install }: Needed): Python {
  const python: Setup = { kind: 'action', action: 'actions/setup-python', with: versionOf(tree) }
  if (tree.paths.includes('uv.lock'))
    return {
      build: ['uv sync --frozen --all-extras --all-groups'],
      prefix: 'uv run --frozen --no-sync ',
      setup: [python, { kind: 'run', line: 'pipx install uv' }],
    }
  if (tree.paths.includes('poetry.lock'))
    return {
      build: ['poetry install --no-interaction --all-extras'],
      prefix: 'poetry run ',
      setup: [python, { kind: 'run', line: 'pipx install poetry' }],
    }
  const wanted = [
    ...requirementsOf(manifest),
    ...projectOf(tree, naming),
    ...(manifest === undefined ? [install] : []),
  ].join(' ')
  // Groups are known to pip since 25.1.
  const newer = wanted.includes('--group') ? '.venv/bin/python -m pip install --quiet --upgrade pip && ' : ''
  return {
    build: [`python3 -m venv .venv && ${newer}.venv/bin/python -m pip install --quiet ${wanted || install}`],
    prefix: '.venv/bin/',
    setup: [python],
  }
}

function versionOf(tree: Tree): Record<string, string> {
  if (tree.paths.includes('.python-version')) return { 'python-version-file': '.python-version' }
  if (/^requires-python\s*=/m.test(tree.text('pyproject.toml') ?? ''))
    return { 'python-version-file': 'pyproject.toml' }
  return { 'python-version': '3.x' }
}

function requirementsOf(manifest: string | undefined): string[] {
  return manifest !== undefined && /requirements.*\.(?:txt|in)$/.test(manifest)
    ? [`-r ${word(manifest)}`]
    : []
}

/** The project itself, with the extra or the group that names the package. */
function projectOf(tree: Tree, named: RegExp): string[] {
  const text = tree.text('pyproject.toml')
  if (text === undefined) return tree.paths.includes('setup.py') ? ['-e .'] : []
  const tables = tablesOf(text)
  const keyOf = (table: string): string | undefined => {
    const keys = tables.find(({ name }) => name === table)?.keys ?? new Map<string, string>()
    return [...keys].find(([, value]) => named.test(value))?.[0]
  }
  const group = keyOf('dependency-groups')
  const option = keyOf('project.optional-dependencies')
  const project = tables.some(({ name }) => name === 'build-system') || tree.paths.includes('setup.py')
  return [
    ...(project ? [option === undefined ? '-e .' : `-e '.[${option}]'`] : []),
    ...(group === undefined ? [] : [`--group ${word(group)}`]),
  ]
}
