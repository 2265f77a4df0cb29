import type { CurrencyCode } from '@cartograph/money'
import type pg from 'pg'
import type { PaymentState } from '../payment-provider.ts'
import { askBooks } from './ask-books.ts'

/** A row of `sandbox_payment`; what is a bigint there is text here. */
export interface SandboxPayment {
  readonly id: string
  readonly key: string
  readonly method: string
  readonly currency_code: CurrencyCode
  readonly amount: string
  readonly status: PaymentState['status']
  readonly decline_code: string | null
  readonly refunded: string
  readonly opened_at: Date
}

export const paymentColumns = 'id, key, method, currency_code, amount, status, decline_code, refunded, opened_at'

export const isUuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)

/** The payment as it is in the books now; null when there is none, or when this is no id of the sandbox. */
export async function findSandboxPayment(pool: pg.Pool, paymentId: string): Promise<SandboxPayment | null> {
  if (!isUuid(paymentId)) return null
  const find = `select ${paymentColumns} from sandbox_payment where id = $1`
  return (await askBooks<SandboxPayment>(pool, find, [paymentId]))[0] ?? null
}
