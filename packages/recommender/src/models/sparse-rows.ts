import { startsOf } from '../order-log.ts'

/** A sparse matrix by rows: the entries of row `r` stand from `starts[r]` to `starts[r + 1]`. */
export interface SparseRows {
  readonly columnCount: number
  readonly starts: Uint32Array
  readonly columns: Uint32Array
  readonly values: Float32Array
}

/** The same matrix by columns; within a column the rows ascend. */
export function transpose({ columnCount, starts, columns, values }: SparseRows): SparseRows {
  const sizes = new Uint32Array(columnCount)
  for (const column of columns) sizes[column]!++
  const transposed = {
    columnCount: starts.length - 1,
    starts: startsOf(sizes),
    columns: new Uint32Array(columns.length),
    values: new Float32Array(values.length),
  }
  const places = transposed.starts.slice(0, columnCount)
  for (let row = 0; row + 1 < starts.length; row++) {
    for (let entry = starts[row]!; entry < starts[row + 1]!; entry++) {
      const place = places[columns[entry]!]!++
      transposed.columns[place] = row
      transposed.values[place] = values[entry]!
    }
  }
  return transposed
}

/** Rows in the making, for matrices whose size shows only at their end. */
export class SparseRowsBuilder {
  readonly #columnCount: number
  readonly #starts: number[] = [0]
  #columns = new Uint32Array(1024)
  #values = new Float32Array(1024)
  #count = 0

  constructor(columnCount: number) {
    this.#columnCount = columnCount
  }

  add(column: number, value: number): void {
    if (this.#count === this.#columns.length) {
      const [columns, values] = [this.#columns, this.#values]
      this.#columns = new Uint32Array(columns.length * 2)
      this.#columns.set(columns)
      this.#values = new Float32Array(values.length * 2)
      this.#values.set(values)
    }
    this.#columns[this.#count] = column
    this.#values[this.#count++] = value
  }

  endRow(): void {
    this.#starts.push(this.#count)
  }

  build(): SparseRows {
    return {
      columnCount: this.#columnCount,
      starts: Uint32Array.from(this.#starts),
      columns: this.#columns.slice(0, this.#count),
      values: this.#values.slice(0, this.#count),
    }
  }
}
