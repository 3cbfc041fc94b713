// Bundles the command line and the action into dist/ (or --out DIR): ESM, split so that neither loads what it does not use.
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { lazyChildProcess } from './lazy-child-process.mjs'
import { pagePlugin } from './page.mjs'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const flag = process.argv.indexOf('--out')
const out = resolve(flag === -1 ? join(root, 'dist') : process.argv[flag + 1])
const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))

await rm(out, { recursive: true, force: true })
await mkdir(out, { recursive: true })
const inPage = new Set()
const inputs = new Set()
const outputs = {}
// Each program by itself: pieces shared between the two would be more and smaller files for both to load.
for (const entry of ['cli', 'action']) {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [`src/${entry}.ts`],
    outdir: out,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    minify: true,
    metafile: true,
    legalComments: 'none',
    chunkNames: `chunks/${entry}-[name]-[hash]`,
    define: { __VERSION__: JSON.stringify(version) },
    // The histogram library prefers Node's zlib and falls back to this one where there is no Node.
    alias: { pako: join(root, 'build', 'pako.cjs') },
    // CommonJS dependencies call require; an ES module has to be given one.
    banner: { js: 'import{createRequire as __cr}from"node:module";const require=__cr(import.meta.url);' },
    plugins: [pagePlugin(inPage), lazyChildProcess],
    logLevel: 'warning',
  })
  for (const input of Object.keys(metafile.inputs)) inputs.add(input)
  Object.assign(outputs, metafile.outputs)
}
// The bundle is read as ES modules wherever it is copied to.
await writeFile(join(out, 'package.json'), '{ "type": "module" }\n')
await writeFile(join(out, 'licenses.txt'), await licenses([...inputs, ...inPage]))
if (process.argv.includes('--sizes'))
  for (const [file, { bytes }] of Object.entries(outputs)) console.log(`${bytes}\t${file}`)
if (process.argv.includes('--meta'))
  await writeFile(process.argv[process.argv.indexOf('--meta') + 1], JSON.stringify({ outputs }))

/** The licence of every package of which a line is in the bundle. */
async function licenses(inputs) {
  const packages = new Set(
    inputs.flatMap((path) => path.match(/^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//)?.[1] ?? []),
  )
  const texts = []
  for (const folder of [...packages].sort()) {
    const {
      name,
      version: of,
      license,
    } = JSON.parse(await readFile(join(root, folder, 'package.json'), 'utf8'))
    const file = (await readdir(join(root, folder))).find((entry) => /^licen[cs]e/i.test(entry))
    const text =
      file === undefined
        ? '(no licence file in the package)'
        : await readFile(join(root, folder, file), 'utf8')
    texts.push(`${name} ${of} (${license ?? 'see below'})\n\n${text.trim()}\n`)
  }
  return `Third-party code in this bundle.\n\n${texts.join(`\n${'-'.repeat(80)}\n\n`)}`
}
