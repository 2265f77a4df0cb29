import type { Client } from './client.ts'
import type { operations, OrderAnswer } from './operations.ts'
import type { OrderChange } from './tale.ts'

/** Asks for a change of an order under one key, a fifth of the times twice at once; answers whether it was made. */
export async function changeOrder(
  client: Client,
  kind: OrderChange['kind'],
  operation: keyof typeof operations & `order${string}`,
  variables: { readonly orderId: string; readonly idempotencyKey: string; readonly [name: string]: unknown },
): Promise<boolean> {
  const { tale } = client.market
  const { orderId, idempotencyKey } = variables
  const change: OrderChange = { orderId, kind, key: idempotencyKey, wasMade: false }
  tale.changes.push(change)
  const send = async () => (await client.ask<Record<string, OrderAnswer>>(operation, variables))[operation]!
  const answers = await Promise.all(client.random.next() < 0.2 ? [send(), send()] : [send()])
  change.wasMade = answers[0].order !== null
  for (const { code } of answers[0].userErrors) tale.refused(code)
  if (answers.some(({ order }) => (order !== null) !== change.wasMade))
    tale.complaints.push(`${kind} of ${orderId}, sent twice at once under ${idempotencyKey}, was made and refused`)
  return change.wasMade
}
