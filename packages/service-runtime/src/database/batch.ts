import DataLoader from 'dataloader'

/**
 * A loader for one request that asks `find` once for all keys of a tick and hands each key its row, or null. `find` may
 * answer in any order and leave out what it does not know.
 */
export function loaderOf<Row>(find: (keys: readonly string[]) => Promise<readonly Row[]>, keyOf: (row: Row) => string) {
  return new DataLoader<string, Row | null>(async (keys) => {
    const rows = new Map((await find(keys)).map((row) => [keyOf(row), row]))
    return keys.map((key) => rows.get(key) ?? null)
  })
}

/** As loaderOf, for the rows that belong to a key: a list each, in the order in which `find` answers. */
export function listLoaderOf<Row>(
  find: (keys: readonly string[]) => Promise<readonly Row[]>,
  keyOf: (row: Row) => string,
) {
  return new DataLoader<string, Row[]>(async (keys) => {
    const lists = new Map<string, Row[]>(keys.map((key) => [key, []]))
    for (const row of await find(keys)) lists.get(keyOf(row))?.push(row)
    return keys.map((key) => lists.get(key) ?? [])
  })
}
