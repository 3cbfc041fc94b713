/** Services with `keep: true`: one of each a side, from their first use to the end of all measuring. */
import type { Side } from '../../core/run.ts'
import { type KeptServices, type Member, stopMember } from './group.ts'

export interface Keeper {
  of(side: Side): KeptServices
  /** In the order opposite to starting. Never throws. */
  stop(): Promise<void>
}

/** `folder` is an existing folder for their logs. */
export function keepServices(folder: string): Keeper {
  const sides = new Map<Side, Map<string, Member>>()
  return {
    of: (side) => {
      const members = sides.get(side) ?? new Map<string, Member>()
      sides.set(side, members)
      return { folder, members }
    },
    stop: async () => {
      for (const members of sides.values()) {
        for (const member of [...members.values()].reverse()) await stopMember(member)
        members.clear()
      }
    },
  }
}
