const TIME = /^(\d{4}-\d\d-\d\dT\d\d:\d\d):(\d\d(?:\.\d{1,12})?)(Z|[+-]\d\d:\d\d)$/

let minute = ''
let minuteSeconds: number | undefined

/**
 * Seconds since 1970 of an RFC 3339 time such as `2026-11-21T08:11:21.776909504Z`; undefined for anything else. The last
 * minute is kept, as the times of a stream mostly share it with the one before.
 */
export function rfc3339Seconds(time: string): number | undefined {
  const [, head = '', seconds = '', zone = ''] = TIME.exec(time) ?? []
  if (head === '') return undefined
  if (head + zone !== minute) {
    const whole = Date.parse(`${head}:00${zone}`) / 1000
    minute = head + zone
    minuteSeconds = Number.isFinite(whole) ? whole : undefined
  }
  return minuteSeconds === undefined ? undefined : minuteSeconds + Number(seconds)
}
