/** The bytes of a file or of standard input, piece by piece and gunzipped. */
import { open } from 'node:fs/promises'

/** Small enough to lie in a core's cache while it is read, large enough that asking for it costs nothing. */
const PIECE = 256 * 1024

/** `-` is standard input. A piece may be overwritten once the next one is asked for. */
export async function* piecesOf(file: string): AsyncGenerator<Uint8Array> {
  const pieces = file === '-' ? process.stdin : readTwice(file)
  const iterator: AsyncIterator<Uint8Array> = pieces[Symbol.asyncIterator]()
  try {
    const first = await iterator.next()
    if (first.done === true) return
    if (first.value[0] === 0x1f && first.value[1] === 0x8b) yield* gunzipped(first.value, iterator)
    else {
      yield first.value
      for (let next = await iterator.next(); next.done !== true; next = await iterator.next())
        yield next.value
    }
  } finally {
    await iterator.return?.()
  }
}

/** Two buffers in turn: one is filled while the other is read. */
async function* readTwice(file: string): AsyncGenerator<Uint8Array> {
  const handle = await open(file)
  let filling: Promise<{ bytesRead: number }> | undefined
  try {
    // Buffers, whose search for a byte is several times that of plain arrays.
    let [full, empty] = [Buffer.allocUnsafe(PIECE), Buffer.allocUnsafe(PIECE)]
    let { bytesRead } = await handle.read(full, 0, PIECE)
    while (bytesRead > 0) {
      filling = handle.read(empty, 0, PIECE)
      yield full.subarray(0, bytesRead)
      bytesRead = (await filling).bytesRead
      ;[full, empty] = [empty, full]
    }
  } finally {
    await filling?.catch(() => {})
    await handle.close()
  }
}

async function* gunzipped(first: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  // Loaded where there is something to unpack: a start is not to pay for it.
  const { createGunzip } = await import('node:zlib')
  const gunzip = createGunzip({ chunkSize: PIECE })
  const feed = async () => {
    try {
      for (let piece: Uint8Array | undefined = first; piece !== undefined && !gunzip.destroyed; ) {
        if (!gunzip.write(Buffer.from(piece))) await new Promise((resolve) => gunzip.once('drain', resolve))
        const next = await rest.next()
        piece = next.done === true ? undefined : next.value
      }
      gunzip.end()
    } catch (error) {
      gunzip.destroy(error as Error)
    }
  }
  void feed()
  yield* gunzip
}
