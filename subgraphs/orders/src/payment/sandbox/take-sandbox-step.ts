import type pg from 'pg'
import { PaymentOutcomeUnknownError, type PaymentState } from '../payment-provider.ts'
import { askBooks } from './ask-books.ts'
import { cardsThatTimeOut, type SandboxOperation } from './sandbox-cards.ts'
import { paymentColumns, type SandboxPayment } from './sandbox-payment.ts'

export interface SandboxStep {
  readonly operation: SandboxOperation
  readonly from: readonly PaymentState['status'][]
  readonly to: PaymentState['status']
  readonly declineCode?: string
  /** Only payments with one of these cards; all, where none are named. */
  readonly methods?: readonly string[]
}

/**
 * Takes the payment from one of `from` to `to` and answers it, if it is there: repeated or at once, one caller does, and
 * null is answered to the others. Throws PaymentOutcomeUnknownError once for a card that times out after this; for one
 * that times out before it, nothing is taken until it has.
 */
export async function takeSandboxStep(
  pool: pg.Pool,
  paymentId: string,
  { operation, from, to, declineCode, methods }: SandboxStep,
): Promise<SandboxPayment | null> {
  const [taken] = await askBooks<SandboxPayment & { timed_out: boolean }>(
    pool,
    `update sandbox_payment set
       status = $3, decline_code = $4, challenged = challenged or $3 = 'ACTION_REQUIRED',
       faults_left = case when method = any ($5) then 0 else faults_left end
     where id = $1 and status = any ($2) and not (method = any ($6) and faults_left > 0)
       and ($7::text[] is null or method = any ($7))
     returning ${paymentColumns.replaceAll(/\w+/g, 'new.$&')}, old.faults_left > new.faults_left as timed_out`,
    [
      paymentId,
      from,
      to,
      declineCode ?? null,
      cardsThatTimeOut(operation, 'after'),
      cardsThatTimeOut(operation, 'before'),
      methods ?? null,
    ],
  )
  if (taken?.timed_out) throw new PaymentOutcomeUnknownError(`the sandbox timed out after: ${operation}`)
  return taken ?? null
}
