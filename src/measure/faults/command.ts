import { spawnSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { UserError } from '../../core/errors.ts'
import type { Disturbance } from '../../core/fault-plan.ts'
import { undoAtExit } from '../interrupts.ts'
import { lastWords, runLine, troubleOf } from '../process.ts'
import type { FaultKind, Scene } from './fault.ts'

type Command = Extract<Disturbance, { kind: 'command' }>

/** Milliseconds that either line may take. */
const TIMEOUT = 60_000
/** The same while the process goes down. */
const LAST = 10_000

/** Whatever else can be done and undone by a command: tc, Toxiproxy, docker pause, a statement of SQL. */
export const command: FaultKind<Command> = {
  kind: 'command',
  needs: 'what its two lines need',
  hindrance: () => undefined,
  inject: async ({ inject, heal }, scene) => {
    const healNow = (): void => {
      const env = { ...scene.env } as NodeJS.ProcessEnv
      spawnSync('sh', ['-c', heal], { cwd: scene.folder, env, stdio: 'ignore', timeout: LAST })
    }
    // Half an injection is one too.
    const guard = undoAtExit(healNow)
    try {
      await run(inject, scene, scene.signal)
    } catch (error) {
      guard.undo()
      throw error
    }
    guard.forget()
    // Healing goes on where everything else has been told to end.
    return { heal: () => run(heal, scene, new AbortController().signal), healNow }
  },
}

async function run(line: string, { folder, env, scratch }: Scene, signal: AbortSignal): Promise<void> {
  const own = mkdtempSync(join(scratch, 'line-'))
  const ended = await runLine({ line, folder, env, timeout: TIMEOUT, signal, scratch: own })
  const trouble = troubleOf(ended.ending)
  if (trouble !== undefined)
    throw new UserError([`\`${line}\`: ${trouble}`, lastWords(ended)].filter(Boolean).join(': '))
}
