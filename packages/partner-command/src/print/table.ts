/** Rows as lines with aligned columns: the first to the left, what is a number to the right. */
export function table(rows: readonly (readonly (string | number)[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => String(row[column]).length)))
  const isNumeric = widths.map((_, column) => rows.slice(1).some((row) => typeof row[column] === 'number'))
  return rows.map((row) =>
    row
      .map((cell, column) =>
        isNumeric[column] ? String(cell).padStart(widths[column]!) : String(cell).padEnd(widths[column]!),
      )
      .join('  ')
      .trimEnd(),
  )
}
