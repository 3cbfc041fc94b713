/** The repository's own workflows: known inputs, pinned actions, the least of rights. */
import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'

const root = resolve(import.meta.dirname, '../..')
const textOf = (file: string): string => readFileSync(resolve(root, file), 'utf8')
const inputs = Object.keys((parse(textOf('action.yml')) as { inputs: object }).inputs)

interface Step {
  readonly uses?: string
  readonly with?: Record<string, unknown>
}
interface Workflow {
  readonly permissions: object
  readonly jobs: Record<string, { permissions: Record<string, string>; steps: Step[] }>
}

const workflows = readdirSync(resolve(root, '.github/workflows')).map(
  (file) => [file, textOf(`.github/workflows/${file}`)] as const,
)

const LEAST = /^(contents|actions): read$|^pull-requests: (read|write)$/
/** Only a tag starts it, which only people with write access can push. */
const RELEASE = /^(contents|actions): read$|^(contents|id-token|attestations): write$/

test.each(workflows)('%s', (file, text) => {
  const workflow = parse(text) as Workflow
  expect(workflow.permissions).toEqual({})
  for (const { permissions, steps } of Object.values(workflow.jobs)) {
    for (const [right, access] of Object.entries(permissions))
      expect(`${right}: ${access}`).toMatch(file === 'release.yml' ? RELEASE : LEAST)
    for (const { uses, with: given = {} } of steps) {
      if (uses === undefined) continue
      const own = uses === './'
      if (own) for (const name of Object.keys(given)) expect(inputs).toContain(name)
      else expect(uses).toMatch(/@[0-9a-f]{40}$/)
      if (uses.startsWith('actions/checkout@')) expect(given['persist-credentials']).toBe(false)
    }
  }
  const pins = text.split('\n').filter((line) => /uses: (?!\.\/)/.test(line))
  for (const line of pins) expect(line).toMatch(/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/)
})
