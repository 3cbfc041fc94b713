/** The job summary: a file of the runner, which drops the whole of it beyond 1 MiB. */
import { appendFile, stat } from 'node:fs/promises'

/** Bytes: 1 MiB, and a little left for the newline and what others count differently. */
const MOST_BYTES = 1024 * 1024 - 4096

/** Appends what `render` makes, in fewer characters as long as it has too many bytes. Answers why it could not, if so. */
export async function appendSummary(
  file: string | undefined,
  render: (limit: number) => string,
): Promise<string | undefined> {
  if (file === undefined || file === '') return 'GITHUB_STEP_SUMMARY is not set'
  try {
    const there = await stat(file).then(
      ({ size }) => size,
      () => 0,
    )
    const room = MOST_BYTES - there
    for (let limit = room; limit >= 1000; limit = Math.floor(limit / 2)) {
      const text = `${render(limit)}\n`
      if (Buffer.byteLength(text) > room) continue
      await appendFile(file, text)
      return undefined
    }
    return 'there is no room left in it'
  } catch (error) {
    return (error as Error).message
  }
}
