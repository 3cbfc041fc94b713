/** `tailgate ab`, once it is asked for. */
import type { AbRequest } from '../ab.ts'
import { ab } from '../ab.ts'
import { cancelled } from '../core/cancelled.ts'
import { exitCodeOf } from '../core/report.ts'
import { interruptible } from './interruptible.ts'
import type { Shape } from './print.ts'
import { printReport } from './print.ts'
import type { Loudness } from './progress.ts'

export function abCommand(request: Omit<AbRequest, 'folder'>, flags: Shape & Loudness): Promise<number> {
  return interruptible(flags, async (world) => {
    const told = (await ab({ ...request, folder: process.cwd() }, world)).report
    const report = world.signal.aborted ? cancelled(told) : told
    printReport(report, flags)
    return exitCodeOf(report.verdict)
  })
}
