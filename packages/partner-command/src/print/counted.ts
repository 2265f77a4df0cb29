/** `1 operation`, `3,000 operations`. */
export function counted(count: number, noun: string): string {
  return `${shownNumber(count)} ${noun}${count === 1 ? '' : 's'}`
}

/** With a comma between thousands. */
export function shownNumber(number: number): string {
  return number.toLocaleString('en-GB')
}
