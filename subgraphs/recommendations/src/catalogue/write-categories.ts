import type { CategoryRecord } from '@cartograph/contracts'
import type pg from 'pg'

/** Writes the categories that are not there yet: the tree alone, as names are of no use here. */
export async function writeCategories(connection: pg.Client, records: CategoryRecord[]): Promise<number> {
  const { rowCount } = await connection.query(
    `insert into category (id, parent_id)
     select id, "parentId" from json_to_recordset($1) as r (id uuid, "parentId" uuid)
     on conflict (id) do nothing`,
    [JSON.stringify(records.map(({ id, parentId }) => ({ id, parentId })))],
  )
  return rowCount ?? 0
}
