import type pg from 'pg'
import { PaymentOutcomeUnknownError, PaymentRefusedError, type RefundRequest } from '../payment-provider.ts'
import { askBooks } from './ask-books.ts'
import { sandboxCardOf } from './sandbox-cards.ts'
import { findSandboxPayment } from './sandbox-payment.ts'
import { timeOutBefore } from './time-out-before.ts'

/**
 * Gives money back once for its key. Throws PaymentRefusedError when there is not so much to give, when the currency is
 * another, or when the key was used for something else. Of many at once, no more than was captured is given.
 */
export async function refundSandboxPayment(pool: pg.Pool, request: RefundRequest): Promise<void> {
  const { paymentId, key, amount } = request
  if (amount.minorUnits <= 0) throw new PaymentRefusedError('the amount must be more than nothing')
  const payment = await findSandboxPayment(pool, paymentId)
  if (!payment) throw new PaymentRefusedError(`no such payment: ${paymentId}`)
  await timeOutBefore(pool, payment, 'refund')
  const timesOut = sandboxCardOf(payment.method).timeOut?.at === 'refund'
  // A key that is noted already undoes the whole statement.
  const given = await askBooks<{ timed_out: boolean }>(
    pool,
    `with given as (
       update sandbox_payment set
         refunded = refunded + $3::bigint, faults_left = case when $5 then 0 else faults_left end
       where id = $1 and status = 'CAPTURED' and currency_code = $4::"CurrencyCode" and amount - refunded >= $3::bigint
       returning id, old.faults_left > new.faults_left as timed_out
     ), noted as (
       insert into sandbox_refund (key, payment_id, amount) select $2, id, $3::bigint from given
     )
     select timed_out from given`,
    [payment.id, key, amount.minorUnits, amount.currencyCode, timesOut],
  ).catch((error: unknown) => {
    if ((error as { code?: unknown }).code === uniqueViolation) return []
    throw error
  })
  if (given[0]?.timed_out) throw new PaymentOutcomeUnknownError('the sandbox timed out after: refund')
  if (given[0]) return
  const [there] = await askBooks<{ payment_id: string; amount: string }>(
    pool,
    'select payment_id, amount from sandbox_refund where key = $1',
    [key],
  )
  if (!there) throw new PaymentRefusedError(`payment ${paymentId} has not so much to give back`)
  const isSame =
    there.payment_id === payment.id &&
    Number(there.amount) === amount.minorUnits &&
    payment.currency_code === amount.currencyCode
  if (!isSame) throw new PaymentRefusedError(`another refund was made with the key ${key}`)
}

const uniqueViolation = '23505'
