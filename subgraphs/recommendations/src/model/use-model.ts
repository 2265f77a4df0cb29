import { notFound, Refused } from '@cartograph/error-catalogue'
import type pg from 'pg'

/**
 * Has every answer from now on taken from a kept model. Refused, without effect, with NOT_FOUND where no model of this
 * version is kept. One statement: a reader takes all of an answer from the old model or all of it from the new one.
 */
export async function useModel(connection: pg.Client, version: number): Promise<void> {
  // The lock on the row holds against whoever is removing old models meanwhile.
  const { rowCount } = await connection.query(
    `insert into model_in_use (version) select version from model where version = $1 for key share
     on conflict ("only") do update set version = excluded.version`,
    [version],
  )
  if (rowCount === 0) throw new Refused([notFound(`There is no model ${version}, or none any more.`, ['version'])])
}
