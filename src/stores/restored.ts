import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'

const MOST_ENTRIES = 2000
/** Bytes on disk of all files together. */
const MOST_BYTES = 512 * 1024 * 1024

/**
 * Looks through a folder that came from outside before anything in it is opened. Says what it should not contain:
 * links, devices, too much; undefined if all is plain files.
 */
export async function suspicious(root: string): Promise<string | undefined> {
  let entries = 0
  let bytes = 0
  const folders = [root]
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    const found = await lstat(folder).catch(() => undefined)
    if (found === undefined || !found.isDirectory()) return 'holds no folder of baselines'
    for (const name of await readdir(folder)) {
      const path = join(folder, name)
      const entry = await lstat(path)
      if (++entries > MOST_ENTRIES) return `holds more than ${MOST_ENTRIES} files`
      if (entry.isDirectory()) folders.push(path)
      else if (!entry.isFile()) return `holds ${JSON.stringify(name.slice(0, 80))}, which is not a plain file`
      else if (entry.nlink > 1) return `holds ${JSON.stringify(name.slice(0, 80))}, which is a hard link`
      bytes += entry.size
    }
  }
  return bytes > MOST_BYTES ? `is larger than ${MOST_BYTES / 1024 / 1024} MiB` : undefined
}
