import { randomUUID } from 'node:crypto'
import { money } from '@cartograph/money'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  PaymentOutcomeUnknownError,
  PaymentRefusedError,
  type PaymentProvider,
} from '../../src/payment/payment-provider.ts'
import { stripeProvider } from '../../src/payment/stripe-provider.ts'
import type { FakeIntent } from './fake-stripe-books.ts'
import { type FakeStripe, startFakeStripe, type StripeRoute } from './fake-stripe.ts'
import { type BookEntry, describeProviderContract } from './provider-contract.ts'

const returnUrl = new URL('https://shop.example/checkout/back')
const providerOf = ({ url, secretKey }: FakeStripe, timeoutMs = 10_000) =>
  stripeProvider({ secretKey, apiBase: url, returnUrl, timeoutMs })

function entryOf({ books }: FakeStripe, intent: FakeIntent): BookEntry {
  return {
    paymentId: intent.id,
    key: intent.metadata['checkout_id'] ?? '',
    status: intent.status,
    held: intent.amount_capturable,
    captured: intent.amount_received,
    // To Stripe, letting go of a hold is a refund of its charge; nobody was given money back.
    refunded: intent.status === 'succeeded' ? intent.latest_charge!.amount_refunded : 0,
    refunds: books.refunds.filter((refund) => refund.payment_intent === intent.id).length,
  }
}

describeProviderContract('stripe', async () => {
  const stripe = await startFakeStripe()
  const routeOf = { authorize: 'confirm', capture: 'capture', void: 'cancel', refund: 'refund' } as const
  return {
    provider: providerOf(stripe),
    other: providerOf(stripe),
    approved: 'pm_card_visa',
    declined: {
      pm_card_visa_chargeDeclined: 'generic_decline',
      pm_card_visa_chargeDeclinedInsufficientFunds: 'insufficient_funds',
      pm_card_chargeDeclinedExpiredCard: 'expired_card',
    },
    unknownToken: 'pm_none',
    challenge: { passed: 'pm_card_threeDSecure2Required', failed: 'pm_card_threeDSecure2Required' },
    failedChallengeCode: 'payment_intent_authentication_failure',
    answerChallenge: (paymentId, outcome) => stripe.books.answerChallenge(paymentId, outcome === 'passed'),
    losing: (operation, effect) => ({
      token: 'pm_card_visa',
      arm: () => stripe.fail({ on: routeOf[operation], effect, how: 'cut' }),
    }),
    books: async () => [...stripe.books.intents.values()].map((intent) => entryOf(stripe, intent)),
    backdate: async (paymentId, openedAt) => {
      stripe.books.find(paymentId).created = Math.floor(openedAt.getTime() / 1000)
    },
    stop: () => stripe.stop(),
  }
})

describe('stripe: the protocol', () => {
  let stripe: FakeStripe
  let provider: PaymentProvider
  beforeAll(async () => {
    stripe = await startFakeStripe()
    provider = providerOf(stripe)
  })
  afterAll(() => stripe.stop())
  let seen = 0
  beforeEach(() => {
    seen = stripe.requests.length
  })

  const routes = () => stripe.requests.slice(seen).map(({ route }) => route)
  const lastOf = (route: StripeRoute) => stripe.requests.findLast((request) => request.route === route)!
  const requestOf = (paymentMethodToken = 'pm_card_visa') => ({
    key: randomUUID(),
    amount: money(1000, 'GBP'),
    paymentMethodToken,
  })
  const opened = (token?: string) => provider.openPayment(requestOf(token))
  async function captured(): Promise<string> {
    const paymentId = await opened()
    await provider.authorizePayment(paymentId)
    await provider.capturePayment(paymentId)
    return paymentId
  }

  test('a PaymentIntent for cards, captured by hand, with the checkout in it and in the Idempotency-Key', async () => {
    const request = requestOf()
    await provider.openPayment(request)
    const { form, headers } = lastOf('create')
    expect(Object.fromEntries(form)).toEqual({
      amount: '1000',
      currency: 'gbp',
      capture_method: 'manual',
      payment_method: 'pm_card_visa',
      'allowed_payment_method_types[0]': 'card',
      'metadata[checkout_id]': request.key,
    })
    expect(headers).toMatchObject({
      authorization: 'Bearer sk_test_fake',
      'idempotency-key': `open-${request.key}`,
      'stripe-version': '2026-10-28.endive',
    })
  })

  test('no request carries telemetry', async () => {
    await captured()
    for (const { headers } of stripe.requests) expect(headers).not.toHaveProperty('x-stripe-client-telemetry')
  })

  test('the customer is sent back to the return url, and is not confirmed again', async () => {
    const paymentId = await opened('pm_card_threeDSecure2Required')
    const asked = await provider.authorizePayment(paymentId)
    expect(Object.fromEntries(lastOf('confirm').form)).toMatchObject({
      return_url: returnUrl.href,
      off_session: 'false',
    })
    expect(await provider.authorizePayment(paymentId)).toEqual(asked)
    stripe.books.answerChallenge(paymentId, true)
    expect(await provider.authorizePayment(paymentId)).toEqual({ status: 'AUTHORIZED' })
    expect(routes().filter((route) => route === 'confirm')).toHaveLength(1)
  })

  test('an answer that is lost without a trace is asked for again at once, and comes from what Stripe has kept', async () => {
    const paymentId = await opened()
    await provider.authorizePayment(paymentId)
    stripe.fail({ on: 'capture', effect: 'after', how: 'close' })
    expect(await provider.capturePayment(paymentId)).toEqual({ status: 'CAPTURED', refundedMinorUnits: 0 })
    const [first, second] = stripe.requests.filter(({ route }) => route === 'capture').slice(-2)
    expect(second).toMatchObject({ isReplayed: true })
    expect(second!.headers['idempotency-key']).toBe(first!.headers['idempotency-key'])
  })

  test.each(['before', 'after'] as const)('closed twice %s the effect: nobody knows', async (effect) => {
    const paymentId = await opened()
    await provider.authorizePayment(paymentId)
    stripe.fail({ on: 'capture', effect, how: 'close', times: 2 })
    await expect(provider.capturePayment(paymentId)).rejects.toThrow(PaymentOutcomeUnknownError)
    expect((await provider.findPayment(paymentId))?.status).toBe(effect === 'before' ? 'AUTHORIZED' : 'CAPTURED')
  })

  test.each(['before', 'after'] as const)('no answer in time, %s the effect: nobody knows', async (effect) => {
    const paymentId = await opened()
    await provider.authorizePayment(paymentId)
    stripe.fail({ on: 'capture', effect, how: 'hang' })
    await expect(providerOf(stripe, 200).capturePayment(paymentId)).rejects.toThrow(PaymentOutcomeUnknownError)
    expect((await provider.findPayment(paymentId))?.status).toBe(effect === 'before' ? 'AUTHORIZED' : 'CAPTURED')
  })

  test.each([409, 429, 500, 503] as const)(
    '%i of any request: nobody knows, and no retry of the client',
    async (how) => {
      const paymentId = await opened()
      const asks: [StripeRoute, () => Promise<unknown>][] = [
        ['create', () => opened()],
        ['retrieve', () => provider.findPayment(paymentId)],
        ['confirm', () => provider.authorizePayment(paymentId)],
        ['list', () => Array.fromAsync(provider.listUnsettledPayments(new Date(Date.now() + 60_000)))],
        ['listRefunds', () => provider.hasRefund(paymentId, randomUUID())],
        ['cancel', () => provider.voidPayment(paymentId)],
      ]
      for (const [route, ask] of asks) {
        stripe.fail({ on: route, effect: 'before', how })
        const before = stripe.requests.length
        await expect(ask()).rejects.toThrow(PaymentOutcomeUnknownError)
        expect(stripe.requests.slice(before).filter((request) => request.route === route)).toHaveLength(1)
      }
      expect(await provider.findPayment(paymentId)).toEqual({ status: 'OPENED' })
    },
  )

  test('a lost opening is found by its key', async () => {
    const request = requestOf()
    stripe.fail({ on: 'create', effect: 'after', how: 'cut' })
    await expect(provider.openPayment(request)).rejects.toThrow(PaymentOutcomeUnknownError)
    const paymentId = await provider.openPayment(request)
    const ofKey = [...stripe.books.intents.values()].filter(({ metadata }) => metadata['checkout_id'] === request.key)
    expect(ofKey.map(({ id }) => id)).toEqual([paymentId])
  })

  test('an error of Stripe is kept under the key of a refund: nobody knows until the key is forgotten', async () => {
    const paymentId = await captured()
    const refund = { key: randomUUID(), paymentId, amount: money(400, 'GBP') }
    stripe.fail({ on: 'refund', effect: 'before', how: 500 })
    await expect(provider.refundPayment(refund)).rejects.toThrow(PaymentOutcomeUnknownError)
    await expect(provider.refundPayment(refund)).rejects.toThrow(PaymentOutcomeUnknownError)
    expect(await provider.hasRefund(paymentId, refund.key)).toBe(false)
    stripe.forgetKeys()
    await provider.refundPayment(refund)
    expect(await provider.findPayment(paymentId)).toEqual({ status: 'CAPTURED', refundedMinorUnits: 400 })
  })

  test('a refund whose key Stripe has forgotten is not made again', async () => {
    const paymentId = await captured()
    const refund = { key: randomUUID(), paymentId, amount: money(400, 'GBP') }
    await provider.refundPayment(refund)
    stripe.forgetKeys()
    await provider.refundPayment(refund)
    await expect(provider.refundPayment({ ...refund, amount: money(401, 'GBP') })).rejects.toThrow(PaymentRefusedError)
    expect(await provider.findPayment(paymentId)).toEqual({ status: 'CAPTURED', refundedMinorUnits: 400 })
  })

  test('a refund that the bank sends back was not made', async () => {
    const paymentId = await captured()
    const key = randomUUID()
    await provider.refundPayment({ key, paymentId, amount: money(400, 'GBP') })
    stripe.books.failRefund(stripe.books.refunds.at(-1)!)
    expect(await provider.hasRefund(paymentId, key)).toBe(false)
    expect(await provider.findPayment(paymentId)).toEqual({ status: 'CAPTURED', refundedMinorUnits: 0 })
  })

  test('a refund is found behind a hundred others', async () => {
    const paymentId = await provider.openPayment({ ...requestOf(), amount: money(2000, 'GBP') })
    await provider.authorizePayment(paymentId)
    await provider.capturePayment(paymentId)
    const key = randomUUID()
    await provider.refundPayment({ key, paymentId, amount: money(100, 'GBP') })
    const rest = Array.from({ length: 105 }, () => ({ key: randomUUID(), paymentId, amount: money(1, 'GBP') }))
    await Promise.all(rest.map((refund) => provider.refundPayment(refund)))
    expect(await provider.hasRefund(paymentId, key)).toBe(true)
    expect(await provider.hasRefund(paymentId, randomUUID())).toBe(false)
  })

  test('a PaymentIntent that Stripe is processing is nothing yet', async () => {
    const paymentId = await opened()
    stripe.books.find(paymentId).status = 'processing'
    await expect(provider.findPayment(paymentId)).rejects.toThrow(PaymentOutcomeUnknownError)
  })

  test('an amount that Stripe does not take is refused', async () => {
    for (const minorUnits of [1, 100_000_000]) {
      const request = { ...requestOf(), amount: money(minorUnits, 'GBP') }
      await expect(provider.openPayment(request)).rejects.toThrow(PaymentRefusedError)
    }
  })

  test('another key than Stripe knows: nobody knows, and the key is in no message', async () => {
    const stranger = providerOf({ ...stripe, secretKey: 'sk_test_stranger' })
    const failure = await stranger.openPayment(requestOf()).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(PaymentOutcomeUnknownError)
    expect(String(failure)).not.toContain('stranger')
  })

  test('nobody there: nobody knows', async () => {
    const gone = await startFakeStripe()
    await gone.stop()
    await expect(providerOf(gone).openPayment(requestOf())).rejects.toThrow(PaymentOutcomeUnknownError)
  })

  test('what is not of a checkout, or older than any hold, is not listed', async () => {
    const [paymentId, old] = [await opened(), await opened()]
    stripe.books.find(paymentId).metadata = {}
    stripe.books.find(old).created -= 32 * 24 * 60 * 60
    const listed = await Array.fromAsync(provider.listUnsettledPayments(new Date(Date.now() + 60_000)))
    const ids = listed.map((payment) => payment.paymentId)
    expect(ids).not.toContain(paymentId)
    expect(ids).not.toContain(old)
  })
})
