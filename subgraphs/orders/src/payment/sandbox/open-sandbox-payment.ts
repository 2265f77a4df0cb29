import type pg from 'pg'
import { PaymentRefusedError, type PaymentRequest } from '../payment-provider.ts'
import { askBooks } from './ask-books.ts'
import { sandboxCardOf } from './sandbox-cards.ts'
import { paymentColumns, type SandboxPayment } from './sandbox-payment.ts'

/**
 * Writes the payment into the books once for its key, and answers its id. Throws PaymentRefusedError when the amount is
 * not positive, or when the key was used for something else.
 */
export async function openSandboxPayment(pool: pg.Pool, request: PaymentRequest): Promise<string> {
  const { key, amount, paymentMethodToken } = request
  if (amount.minorUnits <= 0) throw new PaymentRefusedError('the amount must be more than nothing')
  const opened = await askBooks<{ id: string }>(
    pool,
    `insert into sandbox_payment (key, method, currency_code, amount, status, faults_left)
     values ($1, $2, $3::"CurrencyCode", $4, 'OPENED', $5) on conflict (key) do nothing returning id`,
    [
      key,
      paymentMethodToken,
      amount.currencyCode,
      amount.minorUnits,
      sandboxCardOf(paymentMethodToken).timeOut?.times ?? 0,
    ],
  )
  if (opened[0]) return opened[0].id
  const find = `select ${paymentColumns} from sandbox_payment where key = $1`
  const [there] = await askBooks<SandboxPayment>(pool, find, [key])
  const isSame =
    there?.method === paymentMethodToken &&
    there.currency_code === amount.currencyCode &&
    Number(there.amount) === amount.minorUnits
  if (!isSame) throw new PaymentRefusedError(`another payment was opened with the key ${key}`)
  return there.id
}
