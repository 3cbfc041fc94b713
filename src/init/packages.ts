/** The packages of npm in a repository. */
import type { Setup } from './finding.ts'
import { managerOf, type PackageManager } from './package-manager.ts'
import { asideIn } from './shell.ts'
import { filesNamed, folderOf, type Tree } from './tree.ts'

export interface Package {
  /** `` for the top. */
  readonly folder: string
  readonly scripts: Readonly<Record<string, string>>
  /** Name → range, of every kind of dependency. */
  readonly dependencies: Readonly<Record<string, string>>
  readonly manager: PackageManager
  /** What has to be run once in each checkout. */
  readonly build: readonly string[]
  readonly setup: readonly Setup[]
}

const known = new WeakMap<Tree, readonly Package[]>()

/** A package.json that cannot be read is none. */
export function packagesOf(tree: Tree): readonly Package[] {
  const packages = known.get(tree) ?? readPackages(tree)
  known.set(tree, packages)
  return packages
}

function readPackages(tree: Tree): Package[] {
  return filesNamed(tree, /^package\.json$/).flatMap(({ path, text }) => {
    const manifest = objectIn(text)
    return manifest === undefined ? [] : [packageOf(tree, folderOf(path), manifest)]
  })
}

function packageOf(tree: Tree, folder: string, manifest: Readonly<Record<string, unknown>>): Package {
  const scripts = textsOf(manifest.scripts)
  const dependencies = {
    ...textsOf(manifest.dependencies),
    ...textsOf(manifest.optionalDependencies),
    ...textsOf(manifest.devDependencies),
  }
  const manager = managerOf(tree, folder, manifest.packageManager)
  const needed = Object.keys(dependencies).length > 0 || manifest.workspaces !== undefined || manager.locked
  const build = needed ? [asideIn(manager.folder, manager.install)] : []
  if (scripts.build !== undefined) build.push(asideIn(folder, manager.script('build')))
  return { folder, scripts, dependencies, manager, build, setup: [nodeOf(tree), ...manager.setup] }
}

function nodeOf(tree: Tree): Setup {
  const file = ['.nvmrc', '.node-version', '.tool-versions'].find(
    (name) =>
      tree.text(name) !== undefined && (name !== '.tool-versions' || /^nodejs /m.test(tree.text(name)!)),
  )
  const version = file === undefined ? { 'node-version': 24 } : { 'node-version-file': file }
  // A cache that a pull request filled has no place in a job that measures another.
  return {
    kind: 'action',
    action: 'actions/setup-node',
    with: { ...version, 'package-manager-cache': false },
  }
}

function objectIn(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''))
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined
  } catch {
    return undefined
  }
}

function textsOf(value: unknown): Record<string, string> {
  if (typeof value !== 'object' || value === null) return {}
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
}
