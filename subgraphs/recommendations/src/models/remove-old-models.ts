import type pg from 'pg'

/** How many models are kept to go back to. */
const keptModels = 5

/** Removes the models that are not in use but for the newest five of these, with their neighbours. */
export async function removeOldModels(connection: pg.Client): Promise<void> {
  await connection.query(
    `with unused as (select version from model where version not in (select version from model_in_use))
     delete from model where version in (select version from unused order by version desc offset $1)`,
    [keptModels],
  )
}
