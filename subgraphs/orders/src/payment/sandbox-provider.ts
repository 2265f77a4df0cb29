import type pg from 'pg'
import { PaymentRefusedError, type PaymentProvider, type PaymentState } from './payment-provider.ts'
import { askBooks } from './sandbox/ask-books.ts'
import { listUnsettledSandboxPayments } from './sandbox/list-unsettled-sandbox-payments.ts'
import { openSandboxPayment } from './sandbox/open-sandbox-payment.ts'
import { refundSandboxPayment } from './sandbox/refund-sandbox-payment.ts'
import { plainCards, sandboxCardOf } from './sandbox/sandbox-cards.ts'
import { findSandboxPayment, isUuid, type SandboxPayment } from './sandbox/sandbox-payment.ts'
import { type SandboxStep, takeSandboxStep } from './sandbox/take-sandbox-step.ts'
import { timeOutBefore } from './sandbox/time-out-before.ts'

/**
 * A provider without a provider: it answers by what card it is shown (`sandbox/sandbox-cards.ts`) and keeps books of its
 * own, in two tables that nothing else touches. Each effect is one statement, committed by itself, so that it outlives
 * a transaction or a process of ours as money would, and processes share what it knows.
 */
export function sandboxProvider(pool: pg.Pool): PaymentProvider {
  async function paymentOf(paymentId: string): Promise<SandboxPayment> {
    const payment = await findSandboxPayment(pool, paymentId)
    if (!payment) throw new PaymentRefusedError(`no such payment: ${paymentId}`)
    return payment
  }

  /** Throws for what can be no id of the books, which PostgreSQL would not take. */
  const known = async (paymentId: string) => (isUuid(paymentId) ? paymentId : (await paymentOf(paymentId)).id)

  /** Takes the step if it can be taken, and answers where the payment is then. */
  async function stateAfter(paymentId: string, step: SandboxStep): Promise<PaymentState> {
    const taken = await takeSandboxStep(pool, paymentId, step)
    if (taken) return stateOf(taken)
    const payment = await paymentOf(paymentId)
    await timeOutBefore(pool, payment, step.operation)
    return stateOf(payment)
  }

  return {
    name: 'sandbox',
    openPayment: (request) => openSandboxPayment(pool, request),
    authorizePayment: async (paymentId) => {
      const paid = { operation: 'authorize', from: ['OPENED'], to: 'AUTHORIZED', methods: plainCards } as const
      const taken = isUuid(paymentId) ? await takeSandboxStep(pool, paymentId, paid) : null
      if (taken) return stateOf(taken)
      const payment = await paymentOf(paymentId)
      await timeOutBefore(pool, payment, 'authorize')
      const step = authorizingStep(payment)
      return step ? stateAfter(paymentId, step) : stateOf(payment)
    },
    findPayment: async (paymentId) => {
      const payment = await findSandboxPayment(pool, paymentId)
      return payment && stateOf(payment)
    },
    capturePayment: async (paymentId) => {
      const step = { operation: 'capture', from: ['AUTHORIZED'], to: 'CAPTURED' } as const
      return expectStatus(await stateAfter(await known(paymentId), step), step.to)
    },
    voidPayment: async (paymentId) => {
      const from = ['OPENED', 'ACTION_REQUIRED', 'AUTHORIZED', 'DECLINED'] as const
      const step = { operation: 'void', from, to: 'VOIDED' } as const
      return expectStatus(await stateAfter(await known(paymentId), step), step.to)
    },
    refundPayment: (request) => refundSandboxPayment(pool, request),
    hasRefund: async (paymentId, key) => {
      const find = 'select from sandbox_refund where payment_id::text = $1 and key = $2'
      return (await askBooks(pool, find, [paymentId, key])).length > 0
    },
    async *listUnsettledPayments(before) {
      for await (const payment of listUnsettledSandboxPayments(pool, before)) {
        yield { paymentId: payment.id, key: payment.key, state: stateOf(payment) }
      }
    },
  }
}

/** What authorising does with a payment that is where this one is; null when it is past that. */
function authorizingStep({ status, method }: SandboxPayment): SandboxStep | null {
  const { declineCode, challenge } = sandboxCardOf(method)
  const step = { operation: 'authorize', from: [status] } as const
  if (status === 'ACTION_REQUIRED') {
    if (challenge === 'failed') return { ...step, to: 'DECLINED', declineCode: 'authentication_failed' }
    return { ...step, to: 'AUTHORIZED' }
  }
  if (status !== 'OPENED') return null
  if (declineCode) return { ...step, to: 'DECLINED', declineCode }
  return { ...step, to: challenge ? 'ACTION_REQUIRED' : 'AUTHORIZED' }
}

function stateOf({ id, status, decline_code, refunded }: SandboxPayment): PaymentState {
  if (status === 'ACTION_REQUIRED') return { status, url: `https://sandbox.example/3-d-secure/${id}` }
  if (status === 'CAPTURED') return { status, refundedMinorUnits: Number(refunded) }
  if (status === 'DECLINED') return { status, declineCode: decline_code ?? 'unknown' }
  return { status }
}

function expectStatus(state: PaymentState, status: PaymentState['status']): PaymentState {
  if (state.status !== status) throw new PaymentRefusedError(`the payment is ${state.status}`)
  return state
}
