import { Refused, validationError } from '@cartograph/error-catalogue'
import type pg from 'pg'
import { useModel } from './use-model.ts'

/**
 * Puts an earlier model back into use, the newest kept one that is older than the one in use unless `version` names
 * another, and answers which it is. Refused with NOT_FOUND, without effect, where there is none.
 */
export async function rollBackModel(connection: pg.Client, version: number | null): Promise<number> {
  const target = version ?? (await olderThanInUse(connection))
  if (target === null)
    throw new Refused([validationError('NOT_FOUND', 'No model is kept that is older than the one in use.', null)])
  await useModel(connection, target)
  return target
}

async function olderThanInUse(connection: pg.Client): Promise<number | null> {
  const { rows } = await connection.query<{ version: number | null }>(
    'select max(m.version) as version from model m join model_in_use u on m.version < u.version',
  )
  return rows[0]!.version
}
