/** GitHub's own parser of workflows. Its package imports JSON as Node does not, so it is bundled first. */
import { mkdtempSync, realpathSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const ENTRY = `
import { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } from '@actions/workflow-parser'
export async function faultsOf(name, content) {
  const parsed = parseWorkflow({ name, content }, new NoOperationTraceWriter())
  if (parsed.value !== undefined) await convertWorkflowTemplate(parsed.context, parsed.value)
  return parsed.context.errors.getErrors().map((error) => error.message)
}`

type FaultsOf = (name: string, content: string) => Promise<string[]>

let loaded: Promise<FaultsOf> | undefined

/** What GitHub would say against it: empty for a workflow that it takes. */
export async function workflowFaults(name: string, content: string): Promise<string[]> {
  loaded ??= load()
  return (await loaded)(name, content)
}

async function load(): Promise<FaultsOf> {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'tailgate-parser-'))
  const outfile = join(folder, 'parser.mjs')
  await build({
    stdin: { contents: ENTRY, resolveDir: import.meta.dirname },
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    logLevel: 'error',
    banner: {
      js: 'import{createRequire as __cr}from"node:module";const require=__cr(import.meta.url);',
    },
  })
  const { faultsOf } = (await import(pathToFileURL(outfile).href)) as { faultsOf: FaultsOf }
  await rm(folder, { recursive: true, force: true })
  return faultsOf
}
