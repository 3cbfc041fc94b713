import type { Detector, Finding, Setup } from '../finding.ts'
import { packagesOf } from '../packages.ts'
import { within, word } from '../shell.ts'
import { filesNamed, type Tree } from '../tree.ts'

const SETUP: Setup = { kind: 'run', line: 'sudo apt-get update && sudo apt-get install --yes hyperfine' }
const NOTE =
  'Its own runs are many rounds of one side in a row; few of them (--runs 3) leave time for rounds of both sides.'

/** In scripts of package.json, and in shell scripts. */
export const hyperfine: Detector = {
  looksFor: 'lines that start hyperfine (package.json, shell scripts)',
  detect: (tree) => [...inPackages(tree), ...inShell(tree)],
}

const base = (name: string) => ({
  tool: 'hyperfine',
  name,
  format: 'hyperfine',
  notes: [NOTE],
})

function inPackages(tree: Tree): Finding[] {
  return packagesOf(tree).flatMap(({ folder, scripts, build, setup }) =>
    Object.entries(scripts).flatMap(([name, command]): Finding[] => {
      if (!/^hyperfine\s/.test(command.trim())) return []
      const told = exported(command)
      const file = told ?? 'hyperfine.json'
      const line = told === undefined ? `${command.trim()} --export-json ${file}` : command.trim()
      return [
        {
          ...base(name),
          because: `package.json has the script "${name}", which starts hyperfine`,
          run: within(folder, line),
          output: folder === '' ? file : `${folder}/${file}`,
          build,
          setup: [...setup, SETUP],
        },
      ]
    }),
  )
}

function inShell(tree: Tree): Finding[] {
  return filesNamed(tree, /\.(?:ba|z)?sh$/).flatMap(({ path, text }): Finding[] => {
    if (!/^[^#\n]*\bhyperfine\s/m.test(text)) return []
    const file = exported(text)
    const name = path.replace(/^.*\//, '').replace(/\.\w+$/, '')
    return [
      {
        ...base(name),
        because: `${path} starts hyperfine`,
        run: `${/^#!.*\bbash\b/.test(text) || /\.bash$/.test(path) ? 'bash' : 'sh'} ${word(path)}`,
        ...(file === undefined ? {} : { output: file }),
        setup: [SETUP],
        ...(file === undefined
          ? { toUse: `add --export-json hyperfine.json to ${path}, and here: output: hyperfine.json` }
          : {}),
      },
    ]
  })
}

/** The file that a line already exports to, if it is named plainly. */
function exported(text: string): string | undefined {
  return /--export-json[ =]["']?([\w./-]+)/.exec(text)?.[1]
}
