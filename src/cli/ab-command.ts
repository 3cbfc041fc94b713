/** `tailgate ab`, once it is asked for. */
import type { AbRequest } from '../ab.ts'
import { ab } from '../ab.ts'
import { exitCodeOf } from '../core/report.ts'
import { interruptible } from './interruptible.ts'
import type { Shape } from './print.ts'
import { printReport } from './print.ts'
import type { Loudness } from './progress.ts'

export function abCommand(request: Omit<AbRequest, 'folder'>, flags: Shape & Loudness): Promise<number> {
  return interruptible(flags, async (world) => {
    const { report } = await ab({ ...request, folder: process.cwd() }, world)
    printReport(report, flags)
    return exitCodeOf(report.verdict)
  })
}
