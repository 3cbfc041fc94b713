import { FormatError } from './format.ts'

const RFC3339 = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,12}))?(Z|[+-]\d\d:\d\d)$/

/** Seconds since 1970 with their fraction. */
export function secondsOfRfc3339(text: string, at: number | string): number {
  const [, head = '', fraction = '0', zone = ''] = RFC3339.exec(text) ?? []
  const whole = Date.parse(head + zone) / 1000
  if (!Number.isFinite(whole))
    throw new FormatError(at, `this is no time: ${JSON.stringify(text.slice(0, 60))}`)
  return whole + Number(`0.${fraction}`)
}
