import type { Measurement, Sampled } from '../core/distribution.ts'
import { UserError } from '../core/errors.ts'
import type { MetricResult } from '../core/result.ts'
import type { Warning } from '../core/warning.ts'
import { type Content, FormatError } from './format.ts'

/**
 * A distribution in whatever it was recorded in. Less of it is better, and a ratio needs no unit; no budget in
 * milliseconds can be held against it.
 */
export function withoutUnit(benchmark: string, data: Measurement): MetricResult {
  return { benchmark, metric: 'latency', unit: 'unknown', better: 'lower', data }
}

export const NO_UNIT: Warning = {
  code: 'unit-unknown',
  message:
    'an HdrHistogram does not say its unit, so its values are shown as they are and compared with each other only: the format "samples" says it',
}

let histograms: typeof import('../core/histogram.ts') | undefined

/** The library that decodes is loaded for these files alone: it would weigh on every start. */
export async function loadHistograms(): Promise<void> {
  histograms = await import('../core/histogram.ts')
}

/** Throws FormatError with the line where the base64 begins. */
export function decodeHdr(text: string, line: number): Sampled {
  if (histograms === undefined) throw new Error('the format was not prepared')
  try {
    return histograms.decodeHistogram(text, 1, String(line))
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    throw new FormatError(line, `${error.message}`, 'was the output cut short?')
  }
}

/** The whole text is one histogram; its base64 may be wrapped. */
export function readHdrBase64(text: string): Content {
  if (text.split('HISTF').length > 2)
    throw new FormatError(
      undefined,
      'there are several histograms in it',
      'write them to an interval log (.hlog)',
    )
  return { results: [withoutUnit('', decodeHdr(text.replace(/\s/g, ''), 1))], warnings: [NO_UNIT] }
}
