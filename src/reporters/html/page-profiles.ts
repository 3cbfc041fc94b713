import { declaredOf } from '../../core/naming.ts'
import type { Profile } from '../../core/profile/profile.ts'
import type { Report } from '../../core/report.ts'
import { plain } from '../escape.ts'

/** Without the name of the benchmark: several names of one script share a profile. */
export type PageProfile = Omit<Profile, 'benchmark'>

/** Every profile once, and by full name of a benchmark which of them are about it. */
export function pageProfiles({ profiles = [], comparisons }: Report): {
  readonly profiles: readonly PageProfile[]
  readonly of: (name: string) => readonly number[]
} {
  const declared = profiles.map(({ benchmark }) => benchmark)
  const slower = new Set(
    comparisons.filter((c) => c.verdict === 'regressed').map(({ benchmark }) => benchmark),
  )
  return {
    profiles: profiles.map(({ benchmark: _, ...profile }) => ({
      ...profile,
      functions: profile.functions.map((one) => ({
        ...one,
        name: plain(one.name, 120),
        file: plain(one.file, 200),
      })),
    })),
    of: (name) => {
      const mine = slower.has(name) ? declaredOf(name, declared) : undefined
      return declared.flatMap((benchmark, at) => (benchmark === mine ? at : []))
    },
  }
}
