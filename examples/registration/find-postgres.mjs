// Where the programs of PostgreSQL are: on PATH, or where Debian, Ubuntu, Red Hat and Homebrew keep them beside it.
import { existsSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const ON_PATH = (process.env.PATH ?? '').split(delimiter).filter(Boolean)
/** `*` is one folder. */
const BESIDE = [
  '/usr/lib/postgresql/*/bin',
  '/usr/pgsql-*/bin',
  '/opt/homebrew/opt/postgresql*/bin',
  '/usr/local/opt/postgresql*/bin',
]

/** The folder with `initdb` and `postgres`, of several the newest; undefined: there is none, or STORE=journal. */
export function findPostgres() {
  if (process.env.STORE === 'journal') return undefined
  const whole = (folder) => ['initdb', 'postgres'].every((program) => existsSync(join(folder, program)))
  return [...ON_PATH, ...BESIDE.flatMap(matching)].find(whole)
}

function matching(pattern) {
  const [before, rest] = pattern.split('*')
  const [parent, start] = [
    before.slice(0, before.lastIndexOf('/')),
    before.slice(before.lastIndexOf('/') + 1),
  ]
  const names = existsSync(parent) ? readdirSync(parent) : []
  return names
    .filter((name) => name.startsWith(start))
    .sort((a, b) => b.localeCompare(a, 'en', { numeric: true }))
    .map((name) => join(parent, name) + rest)
}
