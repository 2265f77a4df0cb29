import { createHash } from 'node:crypto'
import { crashPoint } from '@cartograph/service-runtime'
import type { Transaction, TransactionalDatabase } from './transaction.ts'

/** A key that was used before, with another content: nothing was done. */
export class MessageKeyReusedError extends Error {
  override readonly name = 'MessageKeyReusedError'
}

/** Takes a transaction back whose key is there already. */
class KnownKeyError extends Error {}

/**
 * Runs `effect` once for each key, in one transaction with the note that it ran and its result; asked again, answers
 * that result and does nothing. Of several at once one has its effect, and the others answer its result. When `effect` throws nothing is
 * kept, and the key is as good as new. The same key with another content throws MessageKeyReusedError. Results are
 * JSON, and all that `effect` does must be in the transaction: of a repeated message it is taken back. A key begins with
 * the name of the message. Needs the table `inbox`.
 */
export async function once<Tx extends Transaction, Result>(
  db: TransactionalDatabase<Tx>,
  key: string,
  content: unknown,
  effect: (tx: Tx) => Promise<Result>,
): Promise<Result> {
  const [name = key] = key.split(' ')
  const hash = createHash('sha256').update(JSON.stringify(content)).digest('base64')
  try {
    const outcome = await db.$transaction(async (tx) => {
      // The effect first and the note last, in one statement: messages come twice so seldom that asking before costs more.
      const result = await effect(tx)
      const noted = await tx.$executeRawUnsafe(
        `insert into inbox (key, request_hash, result) values ($1, decode($2, 'base64'), $3::text::jsonb)
         on conflict (key) do nothing`,
        key,
        hash,
        JSON.stringify(result ?? null),
      )
      if (noted === 0) throw new KnownKeyError()
      crashPoint(`${name} before commit`)
      return result
    })
    crashPoint(`${name} before answer`)
    return outcome
  } catch (error) {
    // An effect that is there already may well be why it cannot be had again.
    const earlier = await earlierResult<Result>(db, key, hash)
    if (earlier) return earlier.result
    throw error
  }
}

/** Runs an effect that changes nothing when it is there already, each time that the message `name` comes. */
export async function everyTime<Tx extends Transaction>(
  db: TransactionalDatabase<Tx>,
  name: string,
  effect: (tx: Tx) => Promise<void>,
): Promise<void> {
  await db.$transaction(async (tx) => {
    await effect(tx)
    crashPoint(`${name} before commit`)
  })
  crashPoint(`${name} before answer`)
}

async function earlierResult<Result>(
  db: TransactionalDatabase<Transaction>,
  key: string,
  hash: string,
): Promise<{ result: Result } | null> {
  return db.$transaction(async (tx) => {
    const [row] = await tx.$queryRawUnsafe<{ same: boolean; result: Result }[]>(
      `select request_hash = decode($2, 'base64') as same, result from inbox where key = $1`,
      key,
      hash,
    )
    if (row && !row.same) throw new MessageKeyReusedError(`${key} was used before, with another content.`)
    return row ?? null
  })
}
