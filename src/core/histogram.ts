import base64 from 'base64-js'
import float64 from 'hdr-histogram-js/dist/Float64Histogram.js'
import encoding from 'hdr-histogram-js/dist/JsHistogram.encoding.js'
import hdr from 'hdr-histogram-js/dist/JsHistogram.js'
import type { Sampled } from './distribution.ts'
import { weighted } from './distribution.ts'
import { UserError } from './errors.ts'

// The wasm part of the library is left out by importing its files by name: it is half of its weight.
const Float64Histogram = float64.default
const JsHistogram = hdr.JsHistogram

const DIGITS = 3
/** Values below this many steps would lose the third digit. */
const FINEST = 1000
/** Above this, doubles no longer count in ones. */
const LARGEST = 2 ** 52
/** A histogram of three digits over all of time packs into far less; more is not a histogram of ours. */
const LONGEST_BASE64 = 256 * 1024

/** A distribution as others can read it: HDR V2, compressed, base64, of round(value × scale). */
export interface EncodedHistogram {
  readonly hdr: string
  /** A power of ten, at least 1. */
  readonly scale: number
}

/** The power of ten by which values are multiplied so that the smallest positive one keeps three digits, if the largest lets it. */
export function scaleFor(smallest: number, largest: number): number {
  let scale = 1
  while (smallest > 0 && smallest * scale < FINEST && largest * scale * 10 < LARGEST) scale *= 10
  return scale
}

function smallestPositive(d: Sampled): number {
  return d.values.find((value) => value > 0) ?? 0
}

function record(d: Sampled, scale: number): InstanceType<typeof Float64Histogram> {
  const largest = Math.max(2, Math.round(d.values[d.values.length - 1]! * scale))
  const histogram = new Float64Histogram(1, largest, DIGITS)
  for (let i = 0; i < d.values.length; i++)
    histogram.recordValueWithCount(Math.round(d.values[i]! * scale), d.counts?.[i] ?? 1)
  return histogram
}

/** Every bucket that holds something, at the middle of what it stands for. */
function bucketsOf(histogram: InstanceType<typeof JsHistogram>, scale: number): Sampled {
  const pairs: [number, number][] = []
  for (let i = 0; i < histogram.countsArrayLength; i++) {
    const count = histogram.getCountAtIndex(i)
    if (count === 0) continue
    const low = histogram.valueFromIndex(i)
    pairs.push([(low + (histogram.nextNonEquivalentValue(low) - 1 - low) / 2) / scale, count])
  }
  return weighted(pairs)
}

/** Whether an HdrHistogram can hold it: no negative values, none beyond exact whole numbers. */
export function isRecordable(d: Sampled): boolean {
  return d.values[0]! >= 0 && d.values[d.values.length - 1]! < LARGEST
}

/** The distribution as an HdrHistogram of three digits keeps it: a few hundred buckets however many operations there were. */
export function quantised(d: Sampled): Sampled {
  const scale = scaleFor(smallestPositive(d), d.values[d.values.length - 1]!)
  return bucketsOf(record(d, scale), scale)
}

/** For other programs and for disk. Throws RangeError on what `isRecordable` refuses. */
export function encodeHistogram(d: Sampled): EncodedHistogram {
  if (!isRecordable(d)) throw new RangeError('a histogram holds values from 0 to 2^52 only')
  const scale = scaleFor(smallestPositive(d), d.values[d.values.length - 1]!)
  const histogram = record(d, scale) as unknown as { encodeIntoCompressedBase64(): string }
  return { hdr: histogram.encodeIntoCompressedBase64(), scale }
}

/**
 * Reads untrusted base64. Throws UserError, also on a header that claims more than is there: the library would believe
 * it and count to two thousand million.
 */
export function decodeHistogram(text: string, scale: number, place: string): Sampled {
  if (text.length > LONGEST_BASE64) throw new UserError('histogram is too large', { place })
  if (!isPowerOfTen(scale)) throw new UserError(`scale ${scale} is not a power of ten`, { place })
  try {
    const data = encoding.decompress(base64.toByteArray(text.trim()))
    checkHeader(data)
    return bucketsOf(JsHistogram.decode(data, 64), scale)
  } catch (error) {
    throw new UserError('not an HdrHistogram in V2 compressed base64', { place, cause: error })
  }
}

function isPowerOfTen(scale: number): boolean {
  return Number.isFinite(scale) && scale >= 1 && scale <= 1e15 && Number.isInteger(Math.log10(scale))
}

/** V2 header: cookie, payload length, index offset, digits (4 bytes each), lowest, highest, ratio (8 bytes each). */
function checkHeader(data: Uint8Array): void {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength)
  if (data.byteLength < 40) throw new RangeError('shorter than its header')
  if (view.getInt32(4) !== data.byteLength - 40) throw new RangeError('its payload is not as long as it says')
  const digits = view.getInt32(12)
  if (digits < 1 || digits > 5) throw new RangeError(`${digits} significant digits`)
  if (view.getBigInt64(16) < 1n || view.getBigInt64(24) < 2n || view.getBigInt64(24) > 2n ** 53n)
    throw new RangeError('its range is not one of whole numbers')
}
