import type { Database } from '../database.ts'
import type { InteractionType } from '../interaction/interaction.ts'

/** What is known of a customer, the oldest first, and the model to ask about it. */
export interface Customer {
  /** Null while there is none. */
  readonly modelVersion: number | null
  /** The newest thousands, and of what was bought before these alone the last time: no product is missing. */
  readonly purchases: readonly { readonly orderId: string; readonly productId: string; readonly at: Date }[]
  /** Of each type and product the newest. */
  readonly interactions: readonly { readonly type: InteractionType; readonly productId: string; readonly at: Date }[]
}

/** How often older things were bought says nothing that these do not; that they were bought keeps them out of lists. */
const mostPurchases = 3000

interface Row {
  readonly kind: 'MODEL' | 'PURCHASE' | InteractionType
  readonly version: number | null
  readonly orderId: string | null
  readonly productId: string | null
  readonly at: Date | null
}

/** Reads a customer in one statement, by indexes. */
export async function readCustomer(db: Database, userId: string): Promise<Customer> {
  const rows = await db.$queryRaw<Row[]>`
    select 'MODEL' as kind, version, null::uuid as "orderId", null::uuid as "productId", null::timestamptz as at
    from model_in_use
    union all
    select 'PURCHASE', null, order_id, product_id, at from (
      select order_id, product_id, at, row_number() over (order by at desc, order_id, product_id) as place,
        row_number() over (partition by product_id order by at desc, order_id) as times_ago
      from purchase where user_id = ${userId}::uuid
    ) bought where place <= ${mostPurchases} or times_ago = 1
    union all
    select type::text, null, null, product_id, at from (
      select distinct on (type, product_id) type, product_id, at from interaction where user_id = ${userId}::uuid
      order by type, product_id, at desc
    ) done
    order by at, "orderId", "productId"`
  return {
    modelVersion: rows.find(({ kind }) => kind === 'MODEL')?.version ?? null,
    purchases: rows.flatMap(({ kind, orderId, productId, at }) =>
      kind === 'PURCHASE' ? [{ orderId: orderId!, productId: productId!, at: at! }] : [],
    ),
    interactions: rows.flatMap(({ kind, productId, at }) =>
      kind === 'MODEL' || kind === 'PURCHASE' ? [] : [{ type: kind, productId: productId!, at: at! }],
    ),
  }
}
