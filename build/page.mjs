// The HTML report's own script and style, bundled for browsers and given to the program as text: `import … from 'tailgate:page'`.
import { createHash } from 'node:crypto'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const NAME = 'tailgate:page'

/** Source of the module. The hashes are what the page's content security policy names. */
async function pageModule() {
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: ['src/page/main.ts', 'src/page/style.css'],
    outdir: 'page',
    bundle: true,
    write: false,
    metafile: true,
    format: 'iife',
    platform: 'browser',
    target: ['chrome110', 'firefox115', 'safari16.4'],
    minify: true,
    legalComments: 'none',
    banner: { js: '/* Draws with uPlot, MIT License, Copyright (c) Leon Sorokin */' },
    charset: 'utf8',
    logLevel: 'warning',
  })
  const textOf = (extension) => outputFiles.find((file) => file.path.endsWith(extension)).text.trim()
  // Inside of its element, the text may not hold what ends it.
  const script = textOf('.js').replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--')
  const style = textOf('.css')
  const exported = { script, style, scriptHash: hashOf(script), styleHash: hashOf(style) }
  const contents = Object.entries(exported).map(
    ([name, value]) => `export const ${name} = ${JSON.stringify(value)}`,
  )
  const inputs = Object.keys(metafile.inputs)
  return { contents: `${contents.join('\n')}\n`, inputs }
}

function hashOf(text) {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}

/** For esbuild. `inputs` takes the files that are in the page, whose licences belong to the bundle too. */
export function pagePlugin(inputs = new Set()) {
  return {
    name: 'page',
    setup(on) {
      on.onResolve({ filter: /^tailgate:page$/ }, () => ({ path: NAME, namespace: 'page' }))
      on.onLoad({ filter: /.*/, namespace: 'page' }, async () => {
        const page = await pageModule()
        for (const input of page.inputs) inputs.add(input)
        return {
          contents: page.contents,
          loader: 'js',
          watchFiles: page.inputs.map((path) => join(root, path)),
        }
      })
    },
  }
}

/** For Vite. */
export function vitePagePlugin() {
  return {
    name: 'page',
    enforce: 'pre',
    resolveId: (id) => (id === NAME ? `\0${NAME}` : undefined),
    load: async (id) => (id === `\0${NAME}` ? (await pageModule()).contents : undefined),
  }
}
