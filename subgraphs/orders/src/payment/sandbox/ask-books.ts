import { createHash } from 'node:crypto'
import { isConnectionFailure } from '@cartograph/service-runtime'
import type pg from 'pg'
import { PaymentOutcomeUnknownError } from '../payment-provider.ts'

/**
 * Runs one statement, committed by itself. A connection that breaks meanwhile leaves open what the statement did, as
 * with a provider elsewhere: PaymentOutcomeUnknownError.
 */
export async function askBooks<Row extends pg.QueryResultRow>(
  pool: pg.Pool,
  statement: string,
  values: readonly unknown[],
): Promise<Row[]> {
  try {
    return (await pool.query<Row>({ name: nameOf(statement), text: statement, values: [...values] })).rows
  } catch (error) {
    if (!isConnectionFailure(error)) throw error
    throw new PaymentOutcomeUnknownError('the sandbox did not answer', { cause: error })
  }
}

const names = new Map<string, string>()

/** Prepared under a name, a statement is parsed once for a connection. */
function nameOf(statement: string): string {
  const known = names.get(statement)
  if (known !== undefined) return known
  const name = `sandbox ${createHash('sha256').update(statement).digest('base64url').slice(0, 16)}`
  names.set(statement, name)
  return name
}
