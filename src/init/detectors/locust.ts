import { posix } from 'node:path'
import type { Detector } from '../finding.ts'
import { buildOf, serviceOf, toUseOf } from '../loads.ts'
import { pythonManifest, pythonOf } from '../python.ts'
import { word } from '../shell.ts'
import { filesNamed } from '../tree.ts'

const PACKAGE = /\blocust\b/i

export const locust: Detector = {
  looksFor: 'Locust files',
  detect: (tree) =>
    filesNamed(tree, /\.py$/).flatMap(({ path, text }) => {
      if (!/^\s*(?:from|import) locust\b/m.test(text) || !/\((?:Fast)?HttpUser\)/.test(text)) return []
      const manifest = pythonManifest(tree, PACKAGE)
      const python = pythonOf(tree, manifest, { naming: PACKAGE, install: 'locust' })
      const service = serviceOf(tree, {})
      const name = posix.basename(path).replace(/\.py$/, '')
      const at = service === undefined ? '' : ' --host "http://127.0.0.1:$APP_PORT"'
      const { build, setup } = buildOf(tree)
      return [
        {
          tool: 'Locust',
          because: `${path} has users of Locust`,
          name: name === 'locustfile' ? 'locust' : `locust-${name}`,
          run: `${python.prefix}locust -f ${word(path)} --headless --skip-log --json --users 10 --spawn-rate 10 --run-time 10s${at}`,
          format: 'locust',
          notes: [
            'Locust rounds response times to two digits: no threshold finer than 5 % can be told from it.',
          ],
          build: [...build, ...python.build],
          setup: [...setup, ...python.setup],
          ...(service === undefined ? {} : { service }),
          ...toUseOf(service === undefined ? {} : { variable: 'host' }, service),
        },
      ]
    }),
}
