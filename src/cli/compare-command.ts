/** `tailgate compare`, once it is asked for. */
import type { CompareRequest } from '../compare.ts'
import { compareRecorded } from '../compare.ts'
import { exitCodeOf } from '../core/report.ts'
import type { Shape } from './print.ts'
import { printReport } from './print.ts'

export async function compareCommand(request: CompareRequest, shape: Shape): Promise<number> {
  const report = await compareRecorded(request)
  printReport(report, shape)
  return exitCodeOf(report.verdict)
}
