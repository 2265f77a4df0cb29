export interface TextColumn {
  readonly align: 'left' | 'right'
  /** Longer cells are broken into lines, between words where there are some. */
  readonly maxWidth?: number
}

const gap = '  '

/**
 * Rows as lines of plain text with their columns aligned, as wide as the widest cell. A cell is one piece of text:
 * line breaks and runs of spaces in it are single spaces.
 */
export function textTable(columns: readonly TextColumn[], rows: readonly (readonly string[])[]): string[] {
  const broken = rows.map((row) => columns.map(({ maxWidth }, index) => wrap(row[index] ?? '', maxWidth)))
  const widths = columns.map((_, index) => Math.max(0, ...broken.flatMap((row) => row[index]!.map(widthOf))))
  return broken.flatMap((row) => {
    const height = Math.max(...row.map((lines) => lines.length))
    return Array.from({ length: height }, (_, line) =>
      columns
        .map(({ align }, index) => {
          const text = row[index]![line] ?? ''
          const fill = ' '.repeat(widths[index]! - widthOf(text))
          return align === 'left' ? text + fill : fill + text
        })
        .join(gap)
        .trimEnd(),
    )
  })
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })
const lettersOf = (text: string) => [...graphemes.segment(text)].map(({ segment }) => segment)
const widthOf = (text: string) => lettersOf(text).length

function wrap(text: string, maxWidth = Infinity): string[] {
  const lines = ['']
  for (const word of text.split(/\s+/u).filter(Boolean)) {
    for (let letters = lettersOf(word); letters.length > 0;) {
      const line = lines.at(-1)!
      const room = line ? maxWidth - widthOf(line) - 1 : maxWidth
      if (letters.length > room && line) {
        lines.push('')
        continue
      }
      lines[lines.length - 1] = (line && `${line} `) + letters.slice(0, room).join('')
      letters = letters.slice(room)
    }
  }
  return lines
}
