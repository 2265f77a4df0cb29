import type pg from 'pg'
import { recomputeModels } from '../models/recompute-models.ts'

/** Of the locks of this database: held by whoever is fitting. */
const fittingLock = 726_001

/**
 * Fits a model and puts it into use, in one transaction, and answers its version; null where somebody is fitting already.
 * Whoever ends it before its end, a killed process or a lost connection, leaves everything as it was.
 */
export async function fitModelOnce(connection: pg.Client): Promise<number | null> {
  await connection.query('begin')
  try {
    const { rows } = await connection.query<{ taken: boolean }>('select pg_try_advisory_xact_lock($1) as taken', [
      fittingLock,
    ])
    if (!rows[0]!.taken) {
      await connection.query('rollback')
      return null
    }
    const version = await recomputeModels(connection)
    await connection.query('commit')
    return version
  } catch (error) {
    // Where the connection is lost the server has done it, and this would fail in place of what went wrong.
    await connection.query('rollback').catch(() => {})
    throw error
  }
}
