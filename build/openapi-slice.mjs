// Cuts what the tests need out of GitHub's OpenAPI description, so that a loopback server can be held to it.
// The whole description weighs 385 MB installed and is no dependency: install it elsewhere and name its file.
//   npm install --prefix /tmp/openapi @octokit/openapi@23.0.2
//   node build/openapi-slice.mjs /tmp/openapi/node_modules/@octokit/openapi/generated/api.github.com.json
import { readFile, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const REPO = '/repos/{owner}/{repo}'
const OPERATIONS = {
  [REPO]: ['get'],
  [`${REPO}/actions/artifacts`]: ['get'],
  [`${REPO}/actions/artifacts/{artifact_id}/{archive_format}`]: ['get'],
  [`${REPO}/actions/caches`]: ['get'],
  [`${REPO}/actions/runs/{run_id}`]: ['get'],
  [`${REPO}/actions/runs/{run_id}/artifacts`]: ['get'],
  [`${REPO}/issues/{issue_number}/comments`]: ['get', 'post'],
  [`${REPO}/issues/comments/{comment_id}`]: ['patch', 'delete'],
  [`${REPO}/issues/{issue_number}/labels`]: ['get'],
  [`${REPO}/issues/{issue_number}/events`]: ['get'],
  [`${REPO}/pulls`]: ['get'],
  [`${REPO}/pulls/{pull_number}`]: ['get'],
  [`${REPO}/statuses/{sha}`]: ['post'],
}
/** Replies of the loopback server start as these, GitHub's own. */
const EXAMPLES = [
  'issue-comment',
  'artifact',
  'workflow-run',
  'pull-request',
  'pull-request-simple-items',
  'status',
]
/** Prose and what only documentation needs. */
const DROPPED = new Set([
  'description',
  'summary',
  'externalDocs',
  'example',
  'examples',
  'tags',
  'x-github',
  'x-octokit',
])

const [source] = process.argv.slice(2)
if (source === undefined) throw new Error('usage: node build/openapi-slice.mjs api.github.com.json')
const whole = JSON.parse(await readFile(source, 'utf8'))
const slice = {
  openapi: whole.openapi,
  info: { title: whole.info.title, version: whole.info.version, license: whole.info.license },
  'x-notice':
    "A slice of GitHub's REST API description (https://github.com/github/rest-api-description), MIT License, Copyright (c) 2020 GitHub. Made by build/openapi-slice.mjs.",
  paths: {},
  components: { examples: {} },
}
for (const [path, methods] of Object.entries(OPERATIONS))
  slice.paths[path] = Object.fromEntries(
    methods.map((method) => [method, operation(whole.paths[path][method])]),
  )
for (const name of EXAMPLES)
  if (name in whole.components.examples) slice.components.examples[name] = whole.components.examples[name]
follow(slice.paths)

const out = join(resolve(dirname(fileURLToPath(import.meta.url)), '..'), 'fixtures/github/openapi-slice.json')
await writeFile(out, `${JSON.stringify(slice)}\n`)

/** Bodies only: parameters are read by the server itself. */
function operation({ operationId, requestBody, responses }) {
  return bare({ operationId, requestBody, responses })
}

/** Without prose. A schema's property may be called `description`: the names of properties are kept. */
function bare(value, isNames = false) {
  if (Array.isArray(value)) return value.map((item) => bare(item))
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(
    ([key, item]) => item !== undefined && (isNames || !DROPPED.has(key)),
  )
  return Object.fromEntries(kept.map(([key, item]) => [key, bare(item, key === 'properties' && !isNames)]))
}

/** Copies every component that is pointed to, and what those point to. */
function follow(value) {
  if (typeof value !== 'object' || value === null) return
  for (const [key, item] of Object.entries(value)) {
    if (key === '$ref') copy(item)
    else follow(item)
  }
}

function copy(ref) {
  const [, , kind, name] = ref.split('/')
  slice.components[kind] ??= {}
  if (name in slice.components[kind]) return
  slice.components[kind][name] = bare(whole.components[kind][name])
  follow(slice.components[kind][name])
}
