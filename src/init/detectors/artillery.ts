import { posix } from 'node:path'
import type { Detector } from '../finding.ts'
import { aimOf, buildOf, serviceOf, toUseOf } from '../loads.ts'
import { packagesOf } from '../packages.ts'
import { word } from '../shell.ts'
import { filesNamed } from '../tree.ts'

export const artillery: Detector = {
  looksFor: 'Artillery scripts',
  detect: (tree) =>
    filesNamed(tree, /\.ya?ml$/).flatMap(({ path, text }) => {
      if (!/^config:/m.test(text) || !/^scenarios:/m.test(text) || !/^\s+(?:target|phases):/m.test(text))
        return []
      const target = /^\s+target:\s*(.*)$/m.exec(text)?.[1] ?? ''
      const aim = aimOf(target, /\$env(?:ironment)?\.(\w+)/)
      const service = serviceOf(tree, aim)
      const of = packagesOf(tree).find(({ dependencies }) => dependencies.artillery !== undefined)
      const name = posix.basename(path).replace(/\.ya?ml$/, '')
      const { build, setup } = buildOf(tree)
      const program = of === undefined ? 'npx --yes artillery' : of.manager.exec('artillery')
      // The target of the script gives way to one that is named, so no variable is needed.
      const at = service === undefined ? '' : ' --target "http://127.0.0.1:$APP_PORT"'
      return [
        {
          tool: 'Artillery',
          because: `${path} has a config and scenarios of Artillery`,
          name: `artillery-${name}`,
          run: `${program} run --quiet${at} --output artillery-${name}.json ${word(path)}`,
          format: 'artillery',
          output: `artillery-${name}.json`,
          build: of === undefined ? build : [...new Set([...build, ...of.build])],
          setup: of === undefined ? setup : of.setup,
          ...(service === undefined ? {} : { service }),
          ...toUseOf(service === undefined ? aim : { variable: 'target' }, service),
        },
      ]
    }),
}
