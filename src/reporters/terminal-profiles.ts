import type { Report } from '../core/report.ts'
import { padStart, wrap } from './cells.ts'
import { plain } from './escape.ts'
import {
  grownFunctions,
  leadingLine,
  ofWhat,
  placeOf,
  profileLine,
  selfOf,
  shareOf,
  tellingProfiles,
  waiting,
} from './profiles.ts'
import type { Line } from './terminal-table.ts'

/** Functions of each. */
const MOST = 3

/** What grew: a line for the whole, and a line for each of the first functions. */
export function profileLines(report: Report, width: number): Line[] {
  return tellingProfiles(report).flatMap((profile): Line[] => {
    const line = (text: string, tone: Line['tone'], indent = '') =>
      wrap(text, width - indent.length, '    ').map((part) => ({ text: indent + part, tone }))
    const grown = grownFunctions(profile, MOST)
    const waits = waiting(profile)
    const leads = leadingLine(profile)
    return [
      ...line(
        `${plain(profile.benchmark)}: ${plain(profileLine(profile))}${grown.length === 0 ? '; no function by itself' : `, ${ofWhat(profile)}:`}`,
        'quiet',
      ),
      ...(waits === undefined ? [] : line(plain(waits, 300), 'doubt', '  ')),
      ...(leads === undefined ? [] : line(plain(leads, 300), 'bad', '  ')),
      ...grown.flatMap((one) =>
        line(
          [one.name, placeOf(one), selfOf(one, profile.unit)]
            .filter((part) => part !== '')
            .map((part) => plain(part))
            .join('  '),
          'bad',
          `  ${padStart(shareOf(one), 6)}  `,
        ),
      ),
    ]
  })
}
