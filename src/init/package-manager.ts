import type { Setup } from './finding.ts'
import { word } from './shell.ts'
import type { Tree } from './tree.ts'

/** How a package is installed, and how what it brings is run. */
export interface PackageManager {
  readonly name: string
  /** Where the lock file lies: the package's own folder, or one above it. */
  readonly folder: string
  readonly locked: boolean
  readonly install: string
  /** A script of package.json, which prints nothing but what the script prints. */
  script(name: string): string
  /** A script, with flags handed on to its last command. */
  scriptWith(name: string, flags: string): string
  /** A program that a dependency brings. */
  exec(line: string): string
  readonly setup: readonly Setup[]
}

const COREPACK: Setup = { kind: 'run', line: 'corepack enable' }

interface Kind extends Omit<PackageManager, 'folder' | 'locked'> {
  readonly locks: readonly string[]
}

const NPM: Kind = {
  name: 'npm',
  locks: ['package-lock.json', 'npm-shrinkwrap.json'],
  install: 'npm ci --no-audit --no-fund',
  script: (name) => `npm run --silent ${word(name)}`,
  scriptWith: (name, flags) => `npm run --silent ${word(name)} -- ${flags}`,
  exec: (line) => `npx --no -- ${line}`,
  setup: [],
}

const KINDS: readonly Kind[] = [
  NPM,
  {
    name: 'pnpm',
    locks: ['pnpm-lock.yaml'],
    install: 'pnpm install --frozen-lockfile',
    script: (name) => `pnpm --silent run ${word(name)}`,
    scriptWith: (name, flags) => `pnpm --silent run ${word(name)} ${flags}`,
    exec: (line) => `pnpm exec ${line}`,
    setup: [COREPACK],
  },
  {
    name: 'yarn',
    locks: ['yarn.lock'],
    install: 'yarn install --immutable',
    script: (name) => `yarn run ${word(name)}`,
    scriptWith: (name, flags) => `yarn run ${word(name)} ${flags}`,
    exec: (line) => `yarn run ${line}`,
    setup: [COREPACK],
  },
  {
    name: 'bun',
    locks: ['bun.lock', 'bun.lockb'],
    install: 'bun install --frozen-lockfile',
    script: (name) => `bun run --silent ${word(name)}`,
    scriptWith: (name, flags) => `bun run --silent ${word(name)} ${flags}`,
    exec: (line) => `bun x ${line}`,
    setup: [{ kind: 'run', line: 'npm install --global bun' }],
  },
]

/** By the nearest lock file, from the package's folder upward; else by `packageManager` of package.json; else npm. */
export function managerOf(tree: Tree, folder: string, declared: unknown): PackageManager {
  for (const place of upwards(folder)) {
    const kind = KINDS.find(({ locks }) => locks.some((lock) => tree.paths.includes(place + lock)))
    if (kind !== undefined)
      return {
        ...(isClassic(tree, place, kind) ? classic(kind) : kind),
        folder: place.slice(0, -1),
        locked: true,
      }
  }
  const named =
    KINDS.find(({ name }) => typeof declared === 'string' && declared.startsWith(`${name}@`)) ?? NPM
  const install = `${named.name} install`
  return { ...named, install, folder, locked: false }
}

/** `packages/a/`, `packages/`, ``. */
function upwards(folder: string): string[] {
  const parts = folder === '' ? [] : folder.split('/')
  return [...parts.keys(), parts.length].map((n) =>
    parts
      .slice(0, parts.length - n)
      .map((part) => `${part}/`)
      .join(''),
  )
}

/** Version 1 of yarn, whose lock file says so. */
function isClassic(tree: Tree, place: string, { name }: Kind): boolean {
  return name === 'yarn' && /^# yarn lockfile v1$/m.test(tree.text(`${place}yarn.lock`) ?? '')
}

function classic(kind: Kind): Kind {
  return {
    ...kind,
    install: 'yarn install --frozen-lockfile',
    script: (name) => `yarn --silent run ${word(name)}`,
    scriptWith: (name, flags) => `yarn --silent run ${word(name)} ${flags}`,
    exec: (line) => `yarn --silent run ${line}`,
  }
}
