import type pg from 'pg'
import { askBooks } from './ask-books.ts'
import { paymentColumns, type SandboxPayment } from './sandbox-payment.ts'

const pageSize = 100

/**
 * The payments that wait or hold money, of those opened before `before`, the oldest first, read page by page: one that
 * is settled meanwhile may or may not be among them.
 */
export async function* listUnsettledSandboxPayments(pool: pg.Pool, before: Date): AsyncGenerator<SandboxPayment> {
  let from: readonly [Date | string, string] = ['-infinity', '00000000-0000-0000-0000-000000000000']
  for (;;) {
    const page = await askBooks<SandboxPayment>(
      pool,
      `select ${paymentColumns} from sandbox_payment
       where status in ('OPENED', 'ACTION_REQUIRED', 'AUTHORIZED') and opened_at < $1 and (opened_at, id) > ($2, $3)
       order by opened_at, id limit $4`,
      [before, ...from, pageSize],
    )
    yield* page
    const last = page.at(-1)
    if (!last || page.length < pageSize) return
    from = [last.opened_at, last.id]
  }
}
