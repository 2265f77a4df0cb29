import { Stripe } from 'stripe'
import { describe, expect, test } from 'vitest'
import { BadStripeSignatureError, readStripeEvent } from '../../src/payment/stripe-webhook.ts'

const now = new Date('2026-11-23T12:00:00Z')
const secrets = ['whsec_new', 'whsec_old']

const eventOf = (object: object, type = 'payment_intent.succeeded') =>
  JSON.stringify({ id: 'evt_1', object: 'event', type, data: { object } }, null, 2)
const intent = { id: 'pi_1', object: 'payment_intent', metadata: { checkout_id: 'checkout-1' } }
const charge = { id: 'ch_1', object: 'charge', payment_intent: 'pi_1', metadata: { checkout_id: 'checkout-1' } }

const signed = (payload: string, secret = 'whsec_new', at = now) =>
  Stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp: at.getTime() / 1000 })
const read = (payload: string, signature: string | undefined = signed(payload)) =>
  readStripeEvent({ payload, signature, secrets, now })

describe('readStripeEvent', () => {
  const about = { eventId: 'evt_1', paymentId: 'pi_1', checkoutId: 'checkout-1' }

  test('answers which payment a PaymentIntent or a charge is about', () => {
    expect(read(eventOf(intent))).toEqual(about)
    expect(read(eventOf(charge, 'charge.refunded'))).toEqual(about)
    expect(read(eventOf({ ...charge, payment_intent: intent }, 'charge.captured'))).toEqual(about)
  })

  test('answers null for what is about no checkout of ours', () => {
    expect(read(eventOf({ ...intent, metadata: {} }))).toBeNull()
    expect(read(eventOf({ ...charge, metadata: {} }))).toBeNull()
    expect(read(eventOf({ ...charge, payment_intent: null }))).toBeNull()
    expect(read(eventOf({ id: 'cus_1', object: 'customer', metadata: { checkout_id: 'x' } }))).toBeNull()
    expect(read(eventOf({}))).toBeNull()
  })

  test('takes each live secret, and bytes as well as text', () => {
    const payload = eventOf({ ...intent, description: 'café' })
    expect(read(payload, signed(payload, 'whsec_old'))).toEqual(about)
    const bytes = new TextEncoder().encode(payload)
    expect(readStripeEvent({ payload: bytes, signature: signed(payload), secrets, now })).toEqual(about)
  })

  test('refuses another secret, another body, another scheme, none, and nonsense', () => {
    const payload = eventOf(intent)
    const attempts: [string, string | undefined][] = [
      [payload, signed(payload, 'whsec_stranger')],
      [payload.replace('pi_1', 'pi_2'), signed(payload)],
      [payload, signed(payload).replace('v1=', 'v0=')],
      [payload, ''],
      [payload, 'nonsense'],
    ]
    for (const [body, signature] of attempts) expect(() => read(body, signature)).toThrow(BadStripeSignatureError)
    const unsigned = { payload, signature: undefined, secrets, now }
    expect(() => readStripeEvent(unsigned)).toThrow(BadStripeSignatureError)
    expect(() => readStripeEvent({ ...unsigned, signature: signed(payload), secrets: [] })).toThrow(
      BadStripeSignatureError,
    )
    expect(() => readStripeEvent({ ...unsigned, signature: signed(payload, ' '), secrets: [' '] })).toThrow(
      BadStripeSignatureError,
    )
  })

  test('refuses what was signed more than five minutes ago', () => {
    const payload = eventOf(intent)
    const ago = (seconds: number) => signed(payload, 'whsec_new', new Date(now.getTime() - seconds * 1000))
    expect(read(payload, ago(300))).toEqual(about)
    expect(() => read(payload, ago(301))).toThrow(BadStripeSignatureError)
  })
})
