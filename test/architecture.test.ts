/** The folder says what a file may do; the compiler holds most of it (tsconfig.pure.json), this the rest. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '..')
const src = join(root, 'src')
const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .map((file) => file.replaceAll('\\', '/'))

/** Rooms, and the rooms that each may import from. Types of the gate's ports may be imported by all that serve it. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  core: ['core'],
  formats: ['core', 'formats'],
  reporters: ['core', 'reporters'],
  page: ['core', 'reporters', 'page'],
  config: ['core', 'config'],
  measure: ['core', 'measure'],
  stores: ['core', 'stores'],
  github: ['core', 'github'],
}
const PURE = ['core', 'formats', 'reporters', 'config']
const PORTS = ['gate.ts', 'gate/ports.ts']

interface Import {
  readonly file: string
  readonly target: string
  readonly typeOnly: boolean
}

const textOf = (file: string) => readFileSync(join(src, file), 'utf8')
const roomOf = (file: string) => (file.includes('/') ? file.slice(0, file.indexOf('/')) : '')
const codeOf = (text: string) => text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '')

function importsOf(file: string): Import[] {
  const pattern = /(?:import|export)(\s+type)?\b(?:[^'"`;]*?\bfrom)?\s*\(?\s*['"]([^'"]+)['"]/g
  return [...codeOf(textOf(file)).matchAll(pattern)].map((match) => {
    const named = match[2]!
    const target = named.startsWith('.')
      ? relative(src, join(src, dirname(file), named)).replaceAll('\\', '/')
      : named
    return { file, target, typeOnly: match[1] !== undefined }
  })
}

test('a room imports only from the rooms that it may', () => {
  const strays = files.flatMap(importsOf).filter(({ file, target, typeOnly }) => {
    const allowed = MAY_IMPORT[roomOf(file)]
    if (allowed === undefined || !files.includes(target)) return false
    if (typeOnly && PORTS.includes(target) && !PURE.includes(roomOf(file))) return false
    return !allowed.includes(roomOf(target))
  })
  expect(strays).toEqual([])
})

test('pure rooms have no clock, no randomness and no Node', () => {
  const impure =
    /\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\bperformance\.now\b|from 'node:|\bprocess\.|\bglobalThis\b/
  const strays = files.filter((file) => PURE.includes(roomOf(file)) && impure.test(codeOf(textOf(file))))
  expect(strays).toEqual([])
})

test('the command line imports nothing of GitHub, and only lazily what it may not need', () => {
  const reached = new Set<string>()
  const visit = (file: string): void => {
    if (reached.has(file)) return
    reached.add(file)
    for (const { target, typeOnly } of importsOf(file)) if (!typeOnly && files.includes(target)) visit(target)
  }
  visit('cli.ts')
  expect([...reached].filter((file) => roomOf(file) === 'github')).toEqual([])
  expect([...reached].flatMap(importsOf).filter(({ target }) => target.startsWith('@actions/'))).toEqual([])
})

test('no file is a drawer, and none holds two things', () => {
  const drawers = /(^|\/)(utils?|helpers?|types|common|misc|manager)(\.ts|\/)/i
  expect(files.filter((file) => drawers.test(file))).toEqual([])
  const long = files.filter((file) => textOf(file).split('\n').length > 250)
  expect(long).toEqual([])
})

test('the shell of the action is a page', () => {
  expect(textOf('action.ts').split('\n').length).toBeLessThanOrEqual(40)
})

test('no format is told by its name outside of its file', () => {
  const names = files.filter((file) => roomOf(file) === 'formats')
  const strays = files.filter(
    (file) => !names.includes(file) && /switch \([^)]*format/.test(codeOf(textOf(file))),
  )
  expect(strays).toEqual([])
})
