const integers = new Intl.NumberFormat('en')
const tenths = new Intl.NumberFormat('en', { maximumFractionDigits: 1 })

/** `5,000` */
export const count = (number: number): string => integers.format(number)

/** `1 fetch`, `2 fetches` */
export const counted = (number: number, one: string, many: string): string =>
  `${count(number)} ${number === 1 ? one : many}`

/** `0.3 ms`, `12 ms`, `1.2 s` */
export function duration(ms: number): string {
  if (ms >= 1_000) return `${tenths.format(ms / 1_000)} s`
  return `${ms < 10 ? tenths.format(ms) : integers.format(Math.round(ms))} ms`
}

/** `812 B`, `4.1 kB` */
export function size(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`
  return bytes < 1_000_000 ? `${tenths.format(bytes / 1_000)} kB` : `${tenths.format(bytes / 1_000_000)} MB`
}
