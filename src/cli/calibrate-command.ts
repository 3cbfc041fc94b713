/** `tailgate calibrate`, once it is asked for. */
import type { Calibration } from '../calibrate.ts'
import { calibrate } from '../calibrate.ts'
import { plain } from '../reporters/escape.ts'
import { share } from '../reporters/scale.ts'
import { interruptible } from './interruptible.ts'
import type { PlanFlags } from './plan.ts'
import { readPlan } from './plan.ts'
import type { Loudness } from './progress.ts'

interface Flags extends Omit<PlanFlags, 'rounds'>, Loudness {
  readonly rounds: number
  readonly seed?: string
  readonly json?: boolean
}

export async function calibrateCommand(flags: Flags): Promise<number> {
  const { rounds, seed, ...rest } = flags
  const { plan, folder } = await readPlan(rest)
  const request = { plan, folder, rounds, ...(seed === undefined ? {} : { seed }) }
  return interruptible(flags, async (world) => {
    const calibration = await calibrate(request, world)
    process.stdout.write(`${flags.json ? JSON.stringify(calibration, null, 2) : told(calibration)}\n`)
    return 0
  })
}

function told({ rows, rounds, seed, fewest, snippet }: Calibration): string {
  const windows = Object.keys(rows[0]?.visible ?? {})
  const header = ['benchmark', 'noise', ...windows.map((w) => `${w} rounds`)]
  const lines = rows.map((row) => [
    `${plain(row.benchmark)} ${row.metric === 'latency' ? row.statistic : row.metric}`,
    share(row.noise),
    ...windows.map((w) => seen(row.visible[Number(w)])),
  ])
  const widths = header.map((_, i) => Math.max(...[header, ...lines].map((line) => line[i]!.length)))
  const table = [header, ...lines].map((line) =>
    line.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join('  '),
  )
  return [
    `The same program against itself, ${rounds} rounds, seed ${seed}.`,
    'The smallest change for the worse that is called regressed nine times in ten:',
    '',
    ...table,
    '',
    `Nothing can be called regressed before round ${fewest}. Settings that this machine can keep:`,
    '',
    snippet,
  ].join('\n')
}

function seen(visible: number | null | undefined): string {
  return visible === null || visible === undefined ? 'none' : share(visible)
}
