import type pg from 'pg'
import { PaymentOutcomeUnknownError } from '../payment-provider.ts'
import { askBooks } from './ask-books.ts'
import { sandboxCardOf, type SandboxOperation } from './sandbox-cards.ts'
import type { SandboxPayment } from './sandbox-payment.ts'

/**
 * Throws PaymentOutcomeUnknownError for a card that times out before this operation has its effect: to as many callers
 * of all processes as the card says, and never again.
 */
export async function timeOutBefore(pool: pg.Pool, payment: SandboxPayment, operation: SandboxOperation) {
  const { timeOut } = sandboxCardOf(payment.method)
  if (timeOut?.at !== operation || timeOut.effect !== 'before') return
  const had = await askBooks(
    pool,
    'update sandbox_payment set faults_left = faults_left - 1 where id = $1 and faults_left > 0 returning id',
    [payment.id],
  )
  if (had.length > 0) throw new PaymentOutcomeUnknownError(`the sandbox timed out before: ${operation}`)
}
