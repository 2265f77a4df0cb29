/** Something that should be less than so much. */
export interface Aim {
  readonly aim: string
  readonly measured: number
  readonly below: number
  readonly unit: string
}

/** A table of what should be, what is, and whether that is less. */
export function aimTable(aims: readonly Aim[]): string {
  const rows = aims.map(({ aim, measured, below, unit }) => {
    const amount = (value: number) => `${value}${unit && ` ${unit}`}`
    return `| ${aim} | under ${amount(below)} | ${amount(Number(measured.toFixed(2)))} | ${measured < below ? 'yes' : 'no'} |`
  })
  return ['| | aim | measured | met |', '|---|---|---|---|', ...rows].join('\n')
}
