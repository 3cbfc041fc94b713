import type { Detector, Finding, Setup } from '../finding.ts'
import { aimed, aimOf, buildOf, serviceOf, toUseOf } from '../loads.ts'
import { packagesOf } from '../packages.ts'
import { within } from '../shell.ts'
import type { Tree } from '../tree.ts'

/** Programs that make requests from a line of package.json, with the flag that makes them tell their figures. */
const PROGRAMS: readonly {
  readonly name: string
  readonly flag: string
  readonly has: RegExp
  readonly setup: readonly Setup[]
}[] = [
  { name: 'autocannon', flag: '--json', has: /\s(?:-j|--json)\b/, setup: [] },
  {
    name: 'wrk',
    flag: '--latency',
    has: /\s(?:-U|--latency|--u_latency)\b/,
    setup: [{ kind: 'run', line: 'sudo apt-get update && sudo apt-get install --yes wrk' }],
  },
]

export const httpTools: Detector = {
  looksFor: 'scripts of package.json that start autocannon or wrk',
  detect: (tree) =>
    packagesOf(tree).flatMap((of) =>
      Object.entries(of.scripts).flatMap(([script, command]) =>
        PROGRAMS.flatMap((program): Finding[] => {
          const line = new RegExp(`^(?:npx (?:--\\S+ )*)?${program.name}\\s([^;&|]*)$`).exec(command.trim())
          if (line === null) return []
          const flags = program.has.test(command) ? '' : `${program.flag} `
          const own = of.dependencies[program.name] !== undefined
          const call = own
            ? of.manager.exec(program.name)
            : program.name === 'wrk'
              ? 'wrk'
              : 'npx --yes autocannon'
          return [findingOf(tree, { program, script, folder: of.folder, line: `${call} ${flags}${line[1]}` })]
        }),
      ),
    ),
}

function findingOf(
  tree: Tree,
  {
    program,
    script,
    folder,
    line,
  }: { program: (typeof PROGRAMS)[number]; script: string; folder: string; line: string },
): Finding {
  const aim = aimOf(line, /\$\{?(\w*(?:URL|HOST)\w*)/)
  const service = serviceOf(tree, aim)
  const { build, setup } = buildOf(tree)
  return {
    tool: program.name,
    because: `package.json has the script "${script}", which starts ${program.name}`,
    name: script,
    // The line itself has the variable in it, so that it has to be set before.
    run: within(folder, aimed(aim, service).replace(/ $/, ' && ') + line),
    format: program.name,
    build,
    setup: [...setup, ...program.setup],
    ...(service === undefined ? {} : { service }),
    ...toUseOf(aim, service),
  }
}
