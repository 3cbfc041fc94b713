/** Figures for people: three significant digits, scaled units, one unit for figures that are read together. */

/** [name, size in the base unit, from which value on (base unit)], ascending. */
type Step = readonly [name: string, size: number, from: number]

/** Unit names are put straight after the figure when they begin with `/` or are a bare prefix; else after a space. */
const STEPS: Readonly<Record<string, readonly Step[]>> = {
  ns: [
    [' ns', 1, 0],
    [' µs', 1e3, 1e3],
    [' ms', 1e6, 1e6],
    [' s', 1e9, 1e9],
    [' min', 60e9, 600e9],
    [' h', 3600e9, 36e12],
  ],
  B: decimal([' B', ' kB', ' MB', ' GB', ' TB']),
  'B/s': decimal([' B/s', ' kB/s', ' MB/s', ' GB/s', ' TB/s']),
  '1/s': decimal(['/s', 'k/s', 'M/s', 'G/s']),
  count: decimal(['', 'k', 'M', 'G']),
  ratio: [[' %', 0.01, 0]],
  '×': [['×', 1, 0]],
}

/** Units whose figures are whole, so that 12345 → 12346 is a change that must be seen. */
const WHOLE: readonly string[] = ['B', 'count']

export const ABSENT = '–'
/** In the place of a time, where no answer showed a fault. */
export const NEVER_ILL = 'never ill'
const MINUS = '−'

function decimal(names: readonly string[]): Step[] {
  return names.map((name, power) => [name, 1000 ** power, power === 0 ? 0 : 1000 ** power] as const)
}

/** A value alone: `1.83 ms`, `5.1k/s`, `500 ms`; `–` for null or what is not finite. */
export function figure(value: number | null | undefined, unit: string): string {
  if (!isNumber(value)) return ABSENT
  const [name, size] = stepFor(value, unit)
  return stripZeros(digits(value / size, unit === 'ratio' ? nearOne(value, 3) : 3)) + name
}

/** Base and head in one unit: `1.83 → 1.99 ms`. Further apart than a factor of 1000, each has its own. */
export function pair(base: number | null, head: number | null, unit: string): string {
  if (!isNumber(base) || !isNumber(head)) return `${figure(base, unit)} → ${figure(head, unit)}`
  // Few enough things are counted, not measured.
  if (unit === 'count' && [base, head].every((value) => Number.isInteger(value) && Math.abs(value) < 1000))
    return `${base} → ${head}`
  const large = Math.max(Math.abs(base), Math.abs(head))
  const small = Math.min(Math.abs(base), Math.abs(head))
  if (small > 0 && large / small > 1000) return `${figure(base, unit)} → ${figure(head, unit)}`
  const [name, size] = stepFor(large, unit)
  const telling = WHOLE.includes(unit) && base !== head ? 15 : 3
  for (let precision = unit === 'ratio' ? nearOne(large, 3) : 3; ; precision++) {
    const texts = [base, head].map((value) => digits(value / size, precision))
    if (texts[0] !== texts[1] || precision >= telling) return `${texts[0]} → ${texts[1]}${name}`
  }
}

/** Values that are read one above the other, in one unit: [texts, unit name]. */
export function column(
  values: readonly (number | null)[],
  unit: string,
): { texts: readonly string[]; unit: string } {
  const [name, size] = stepFor(Math.max(0, ...values.filter(isNumber).map(Math.abs)), unit)
  return {
    texts: values.map((value) => (isNumber(value) ? digits(value / size, 3) : ABSENT)),
    unit: name.trim(),
  }
}

/** A share that somebody set: `5 %`, `0.1 %`, `12 %`. */
export function share(ratio: number): string {
  return `${stripZeros(percent(ratio))} %`
}

/** Rounded up to two digits: a sensitivity must not look better than it is. */
export function up(value: number): number {
  if (!(value > 0) || !Number.isFinite(value)) return value
  const step = 10 ** (Math.floor(Math.log10(value)) - 1)
  // The small bite keeps 12.000000000000002 from becoming 13.
  return Math.ceil(value / step - 1e-9) * step
}

/** A relative change: `+8.7 %`, `−3.2 %`, `±0 %`. */
export function change(ratio: number | null): string {
  return isNumber(ratio) ? `${sign(ratio, percentOfChange(ratio))} %` : ABSENT
}

/** A difference in the metric's own unit: `+5.2 MB`; of shares in percentage points: `+0.4 pp`. */
export function difference(value: number | null, unit: string): string {
  if (!isNumber(value)) return ABSENT
  if (unit === 'ratio') return `${sign(value, percent(value))} pp`
  const [name, size] = stepFor(value, unit)
  return sign(value, stripZeros(digits(Math.abs(value) / size, 3))) + name
}

/** A tolerated or seen difference, without a sign: `5 MB`, `0.1 pp`. */
export function tolerance(value: number, unit: string): string {
  return unit === 'ratio' ? `${stripZeros(percent(value))} pp` : figure(value, unit)
}

/** Of relative changes: `+6.1 … +11.4 %`, an unbounded end as `…`. */
export function interval(low: number | null, high: number | null): string {
  return between(low, high, ' %', (end) => sign(end, percentOfChange(end)))
}

/** Of differences: `+0.1 … +0.4 pp`, `+1.2 … +3.4 MB`. */
export function differenceInterval(low: number | null, high: number | null, unit: string): string {
  if (unit === 'ratio') return between(low, high, ' pp', (end) => sign(end, percent(end)))
  const [name, size] = stepFor(Math.max(...[low, high].filter(isNumber).map(Math.abs), 0), unit)
  return between(low, high, name, (end) => sign(end, stripZeros(digits(Math.abs(end) / size, 3))))
}

function between(
  low: number | null,
  high: number | null,
  name: string,
  text: (end: number) => string,
): string {
  if (!isNumber(low) && !isNumber(high)) return '…'
  if (!isNumber(low)) return `… ${text(high as number)}${name}`
  if (!isNumber(high)) return `${text(low)}${name} …`
  return `${text(low)} … ${text(high)}${name}`
}

/** How long something took: `48 s`, `3 min 20 s`, `1 h 5 min`. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds)
  if (whole < 60) return `${seconds < 10 ? stripZeros(seconds.toFixed(1)) : whole} s`
  if (whole < 3600) return `${Math.floor(whole / 60)} min${whole % 60 === 0 ? '' : ` ${whole % 60} s`}`
  const minutes = Math.round(whole / 60)
  return `${Math.floor(minutes / 60)} h${minutes % 60 === 0 ? '' : ` ${minutes % 60} min`}`
}

function isNumber(value: number | null | undefined): value is number {
  return typeof value === 'number' && Number.isFinite(value)
}

/** A tool's own unit (`points`) stands after the figure as it is; people read thousands of it as they are. */
function stepFor(value: number, unit: string): Step {
  const steps = Object.hasOwn(STEPS, unit) ? STEPS[unit]! : [[` ${unit}`, 1, 0] as const]
  // Rounded first: 999.7 µs is 1.00 ms, not 1000 µs.
  const rounded = Math.abs(Number(value.toPrecision(3)))
  return steps.findLast(([, , from]) => rounded >= from) ?? steps[0]!
}

/** `precision` significant digits, never in exponent notation below 10²¹. */
function digits(value: number, precision: number): string {
  if (value === 0) return '0'
  const magnitude = Math.floor(Math.log10(Math.abs(Number(value.toPrecision(precision)))))
  const text = Math.abs(value).toFixed(Math.min(100, Math.max(0, precision - 1 - magnitude)))
  return value < 0 ? MINUS + text : text
}

/** 99.96 % is not 100 %: as many digits as show two of what is lacking. */
function nearOne(ratio: number, precision: number): number {
  const lacking = 1 - Math.abs(ratio)
  return lacking > 0 && lacking < 0.01 ? Math.min(12, 1 - Math.floor(Math.log10(lacking))) : precision
}

/** A confidence, rounded down: 0.99962 is `99.96 %`, never 100 %. */
export function confidence(ratio: number): string {
  if (!(ratio > 0 && ratio < 1)) return share(ratio)
  const precision = nearOne(ratio, 3)
  const step = 10 ** (precision - 2)
  return `${stripZeros(String(Math.floor(ratio * 100 * step + 1e-9) / step))} %`
}

/** |ratio| in percent: one decimal; below 1 % two significant digits; from 100 % on none. */
function percent(ratio: number): string {
  const hundredths = Math.abs(ratio * 100)
  if (hundredths < 0.00001) return '0'
  if (hundredths >= 99.95) return hundredths.toFixed(0)
  return hundredths >= 0.995 ? hundredths.toFixed(1) : digits(hundredths, 2)
}

/** Of a relative change, hundredths of a percent are the finest that anybody has measured. */
function percentOfChange(ratio: number): string {
  return Math.abs(ratio) < 0.00995 ? Math.abs(ratio * 100).toFixed(2) : percent(ratio)
}

function sign(value: number, magnitude: string): string {
  if (Number(magnitude) === 0) return '±0'
  return (value < 0 ? MINUS : '+') + magnitude
}

function stripZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}
