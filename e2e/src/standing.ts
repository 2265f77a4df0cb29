import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { eventually } from '@cartograph/test-kit'
import type { ThrowAwayStack } from './demo-stack.ts'
import { rowsOf } from './sql.ts'

const whole = (...names: string[]) => Object.fromEntries(names.map((name) => [name, name]))

/** All that buying moves, but the books of what was tried: those tell of refusals too. */
const tables = {
  orders: {
    ...whole('customer_order', 'order_line', 'order_event', 'payment', 'fulfillment', 'refund', 'sandbox_refund'),
    money: "(select id, status, amount from sandbox_payment where status in ('AUTHORIZED', 'CAPTURED'))",
  },
  inventory: whole('stock_level', 'stock_movement'),
  // When a checkout let go of a cart is written there, and nothing else.
  carts: { cart: "(select to_jsonb(cart) - 'updated_at' from cart)", ...whole('cart_line') },
  recommendations: whole('purchase'),
}

const withQueues = ['orders', 'inventory', 'products', 'carts'] as const

/** Resolves when no job and no event is on its way in any service. */
export async function settled({ postgres }: ThrowAwayStack): Promise<void> {
  await eventually(
    async () => {
      for (const database of withQueues) {
        const sql = "select name, state::text from pgboss.job where state < 'completed'"
        const waiting = await rowsOf(postgres.superuserUrl('postgres'), database, sql)
        if (waiting.length > 0) throw new Error(`${database} has jobs: ${JSON.stringify(waiting)}`)
      }
    },
    { timeoutMs: 20_000 },
  )
}

/** Everything that a refused purchase leaves as it was: orders, money, stock, carts, what was learnt, and mails. */
export async function standing(shop: ThrowAwayStack): Promise<Record<string, unknown>> {
  await settled(shop)
  const superuserUrl = shop.postgres.superuserUrl('postgres')
  const stored = await Promise.all(
    Object.entries(tables).map(async ([database, names]) => {
      const columns = Object.entries(names).map(
        ([name, rows]) => `(select jsonb_agg(to_jsonb(t) order by t::text) from ${rows} t) as "${name}"`,
      )
      return rowsOf(superuserUrl, database, `select ${columns.join(', ')}`)
    }),
  )
  return { mails: mailsOf(shop), stored }
}

/** The mails in the shop's mailbox, whole. */
export function mailsOf({ dataDir }: Pick<ThrowAwayStack, 'dataDir'>): string[] {
  const folder = path.join(dataDir, 'mailbox')
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.eml'))
      .sort()
      .map((name) => readFileSync(path.join(folder, name), 'utf8'))
  } catch (error) {
    // The folder is made with the first mail.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}
