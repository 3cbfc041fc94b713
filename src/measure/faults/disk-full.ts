import {
  closeSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  rmSync,
  statfsSync,
  statSync,
  writeSync,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { UserError } from '../../core/errors.ts'
import type { Disturbance } from '../../core/fault-plan.ts'
import type { FaultKind } from './fault.ts'

type DiskFull = Extract<Disturbance, { kind: 'disk-full' }>

/** Bytes: more is no folder set up for this. */
const MOST = 2 ** 31
const CHUNK = Buffer.alloc(1 << 20)
const BALLAST = '.tailgate-ballast'

/**
 * Fills the file system of a folder with one file. Only where that file system is the folder's own (a mounted tmpfs, a
 * quota, a loop device): the disk of the whole machine is nobody's to fill.
 */
export const diskFull: FaultKind<DiskFull> = {
  kind: 'disk-full',
  needs: 'a folder that is a file system of its own, at most 2 GiB of it free',
  hindrance: ({ folder }, scene) => {
    const path = resolve(scene.folder, folder)
    const stat = statSync(path, { throwIfNoEntry: false })
    if (stat?.isDirectory() !== true) return `there is no folder ${folder}`
    if (stat.dev === statSync(dirname(path)).dev)
      return `${folder} is no file system of its own, and the disk of the machine is not to be filled: mount a small one there (mount -t tmpfs -o size=64m tmpfs ${folder})`
    return freeOn(path) > MOST ? `${folder} has more than 2 GiB free` : undefined
  },
  inject: async ({ folder, leave }, scene) => {
    const path = resolve(scene.folder, folder)
    const ballast = join(path, BALLAST)
    const healNow = (): void => rmSync(ballast, { force: true })
    try {
      fill(ballast, path, leave)
    } catch (error) {
      healNow()
      throw new UserError(
        `${folder} cannot be filled: ${error instanceof Error ? error.message : String(error)}`,
      )
    }
    return { heal: async () => healNow(), healNow }
  },
}

function fill(ballast: string, folder: string, leave: number): void {
  const handle = openSync(ballast, 'wx')
  let size = 0
  try {
    for (let chunk = CHUNK.length; chunk >= 512; ) {
      try {
        const wrote = writeSync(handle, CHUNK, 0, chunk, size)
        size += wrote
        if (size > MOST + CHUNK.length) throw new Error('it has more than 2 GiB free')
        if (wrote < chunk) chunk = chunk >> 1
      } catch (error) {
        if (!['ENOSPC', 'EDQUOT'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
        chunk >>= 1
      }
    }
    if (leave > 0) ftruncateSync(handle, Math.max(0, size - leave))
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  if (leave === 0 && freeOn(folder) > 1 << 16) throw new Error('there is still room on it')
}

function freeOn(folder: string): number {
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize
}
