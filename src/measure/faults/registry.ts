/** Every kind of fault: one file, one line. */
import type { Disturbance } from '../../core/fault-plan.ts'
import { command } from './command.ts'
import { cpu } from './cpu.ts'
import { diskFull } from './disk-full.ts'
import type { FaultKind } from './fault.ts'
import { kill } from './kill.ts'
import { memory } from './memory.ts'
import { network } from './network.ts'
import { pause } from './pause.ts'

export const FAULT_KINDS: {
  readonly [Kind in Disturbance['kind']]: FaultKind<Extract<Disturbance, { kind: Kind }>>
} = { kill, pause, cpu, memory, network, 'disk-full': diskFull, command }

export function faultKind(of: Disturbance): FaultKind {
  return FAULT_KINDS[of.kind] as unknown as FaultKind
}
