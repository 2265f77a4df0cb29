import { randomBytes } from 'node:crypto'
import { invalid, StripeProblem } from './stripe-problem.ts'

export interface FakeCharge {
  id: string
  object: 'charge'
  amount: number
  amount_captured: number
  amount_refunded: number
  captured: boolean
  created: number
  currency: string
  failure_code: string | null
  metadata: Record<string, string>
  paid: boolean
  payment_intent: string
  refunded: boolean
  status: 'succeeded' | 'failed'
}

export interface FakeIntent {
  id: string
  object: 'payment_intent'
  allowed_payment_method_types: string[]
  amount: number
  amount_capturable: number
  amount_received: number
  canceled_at: number | null
  cancellation_reason: string | null
  capture_method: string
  confirmation_method: 'automatic'
  created: number
  currency: string
  last_payment_error: object | null
  latest_charge: FakeCharge | null
  livemode: false
  metadata: Record<string, string>
  next_action: object | null
  payment_method: string | null
  status:
    | 'requires_payment_method'
    | 'requires_confirmation'
    | 'requires_action'
    | 'requires_capture'
    | 'processing'
    | 'succeeded'
    | 'canceled'
}

export interface FakeRefund {
  id: string
  object: 'refund'
  amount: number
  charge: string
  created: number
  currency: string
  failure_reason?: string
  metadata: Record<string, string>
  payment_intent: string
  status: 'succeeded' | 'pending' | 'failed' | 'canceled'
}

interface FakeCard {
  readonly code?: string
  readonly declineCode?: string
  readonly isChallenged?: boolean
}

/** Stripe's own names for its test cards: https://docs.stripe.com/testing */
const cards: ReadonlyMap<string, FakeCard> = new Map(
  Object.entries({
    pm_card_visa: {},
    pm_card_visa_chargeDeclined: { code: 'card_declined', declineCode: 'generic_decline' },
    pm_card_visa_chargeDeclinedInsufficientFunds: { code: 'card_declined', declineCode: 'insufficient_funds' },
    pm_card_chargeDeclinedExpiredCard: { code: 'expired_card' },
    pm_card_threeDSecure2Required: { isChallenged: true },
  } satisfies Record<string, FakeCard>),
)

const newId = (prefix: string) => `${prefix}_${randomBytes(12).toString('hex')}`
const nowSeconds = () => Math.floor(Date.now() / 1000)

/**
 * What Stripe knows, in memory: PaymentIntents for cards with their charges and refunds, and the ways from one status to
 * another that Stripe documents, with its errors. Parameters are those of a form, by their flat names.
 */
export class FakeStripeBooks {
  readonly intents = new Map<string, FakeIntent>()
  readonly refunds: FakeRefund[] = []
  /** Which test card a PaymentMethod is: Stripe makes a new one each time a test card is named. */
  readonly #cardOf = new Map<string, FakeCard>()

  create(form: URLSearchParams): FakeIntent {
    const names = ['amount', 'currency', 'capture_method', 'payment_method', 'metadata', 'allowed_payment_method_types']
    expectKnown(form, names)
    const amount = positiveInteger(form, 'amount')
    if (amount < 50) throw invalid('Amount must be at least £0.30 gbp', { code: 'amount_too_small', param: 'amount' })
    if (amount > 99_999_999) throw invalid('Amount is too large', { code: 'amount_too_large', param: 'amount' })
    const currency = form.get('currency') ?? ''
    if (!['eur', 'gbp', 'usd'].includes(currency)) throw invalid(`Invalid currency: ${currency}`, { param: 'currency' })
    const intent: FakeIntent = {
      id: newId('pi'),
      object: 'payment_intent',
      allowed_payment_method_types: listOf(form, 'allowed_payment_method_types'),
      amount,
      amount_capturable: 0,
      amount_received: 0,
      canceled_at: null,
      cancellation_reason: null,
      capture_method: form.get('capture_method') ?? 'automatic_async',
      confirmation_method: 'automatic',
      created: nowSeconds(),
      currency,
      last_payment_error: null,
      latest_charge: null,
      livemode: false,
      metadata: metadataOf(form),
      next_action: null,
      payment_method: null,
      status: 'requires_payment_method',
    }
    const method = form.get('payment_method')
    if (method) this.#attach(intent, method)
    this.intents.set(intent.id, intent)
    return intent
  }

  find(id: string): FakeIntent {
    const intent = this.intents.get(id)
    if (intent) return intent
    throw invalid(`No such payment_intent: '${id}'`, { code: 'resource_missing', param: 'intent' }, 404)
  }

  confirm(id: string, form: URLSearchParams): FakeIntent {
    expectKnown(form, ['return_url', 'off_session', 'use_stripe_sdk', 'payment_method'])
    const intent = this.find(id)
    if (!['requires_payment_method', 'requires_confirmation', 'requires_action'].includes(intent.status)) {
      throw unexpectedState(intent, 'confirm')
    }
    const method = form.get('payment_method')
    if (method) this.#attach(intent, method)
    if (!intent.payment_method) throw unexpectedState(intent, 'confirm', "because it's missing a payment method")
    const card = this.#cardOf.get(intent.payment_method) ?? {}
    if (card.isChallenged) {
      const url = form.get('return_url')
      intent.status = 'requires_action'
      intent.next_action =
        url && form.get('use_stripe_sdk') !== 'true'
          ? {
              type: 'redirect_to_url',
              redirect_to_url: { url: `https://hooks.stripe.com/3d_secure_2/hosted?merchant=x&${id}`, return_url: url },
            }
          : { type: 'use_stripe_sdk', use_stripe_sdk: { type: 'three_d_secure_redirect' } }
      return intent
    }
    return this.#charge(intent, card)
  }

  /** The customer on the bank's page, who is sent to the return_url then. */
  answerChallenge(id: string, isPassed: boolean): void {
    const intent = this.find(id)
    if (intent.status !== 'requires_action') throw new Error(`nobody waits for the customer of ${id}: ${intent.status}`)
    intent.next_action = null
    if (isPassed) this.#charge(intent, {})
    else {
      const code = 'payment_intent_authentication_failure'
      this.#backToPaymentMethod(intent, { type: 'invalid_request_error', code, message: 'It failed authentication.' })
    }
  }

  capture(id: string, form: URLSearchParams): FakeIntent {
    expectKnown(form, ['amount_to_capture'])
    const intent = this.find(id)
    if (intent.status !== 'requires_capture') throw unexpectedState(intent, 'capture')
    const amount = form.has('amount_to_capture') ? positiveInteger(form, 'amount_to_capture') : intent.amount_capturable
    const charge = intent.latest_charge!
    Object.assign(intent, { status: 'succeeded', amount_received: amount, amount_capturable: 0 })
    Object.assign(charge, { captured: true, amount_captured: amount, amount_refunded: charge.amount - amount })
    return intent
  }

  cancel(id: string, form: URLSearchParams): FakeIntent {
    expectKnown(form, ['cancellation_reason'])
    const intent = this.find(id)
    if (intent.status === 'succeeded' || intent.status === 'canceled') throw unexpectedState(intent, 'cancel')
    // Letting go of a hold is a refund in full of the charge that was never captured.
    if (intent.status === 'requires_capture') {
      Object.assign(intent.latest_charge!, { refunded: true, amount_refunded: intent.amount })
    }
    Object.assign(intent, { status: 'canceled', canceled_at: nowSeconds(), amount_capturable: 0, next_action: null })
    return intent
  }

  refund(form: URLSearchParams): FakeRefund {
    expectKnown(form, ['payment_intent', 'amount', 'metadata', 'reason'])
    const intent = this.find(form.get('payment_intent') ?? '')
    const amount = positiveInteger(form, 'amount')
    const charge = intent.latest_charge
    if (intent.status !== 'succeeded' || !charge) {
      throw refused(`This PaymentIntent (${intent.id}) does not have a successful charge to refund.`)
    }
    const left = charge.amount - charge.amount_refunded
    if (left === 0) throw refused(`Charge ${charge.id} has already been refunded.`, 'charge_already_refunded')
    if (amount > left) throw refused(`Refund amount (${amount}) is greater than unrefunded amount on charge (${left})`)
    charge.amount_refunded += amount
    charge.refunded = charge.amount_refunded === charge.amount
    const refund: FakeRefund = {
      id: newId('re'),
      object: 'refund',
      amount,
      charge: charge.id,
      created: nowSeconds(),
      currency: charge.currency,
      metadata: metadataOf(form),
      payment_intent: intent.id,
      status: 'succeeded',
    }
    this.refunds.push(refund)
    return refund
  }

  /** The bank sends a refund back, days later. */
  failRefund(refund: FakeRefund): void {
    Object.assign(refund, { status: 'failed', failure_reason: 'expired_or_canceled_card' })
    const charge = this.find(refund.payment_intent).latest_charge!
    charge.amount_refunded -= refund.amount
    charge.refunded = false
  }

  #attach(intent: FakeIntent, method: string): void {
    const card = cards.get(method)
    if (!card) {
      throw invalid(`No such PaymentMethod: '${method}'`, { code: 'resource_missing', param: 'payment_method' })
    }
    intent.payment_method = newId('pm')
    intent.status = 'requires_confirmation'
    this.#cardOf.set(intent.payment_method, card)
  }

  #charge(intent: FakeIntent, { code, declineCode }: FakeCard): FakeIntent {
    intent.latest_charge = {
      id: newId('ch'),
      object: 'charge',
      amount: intent.amount,
      amount_captured: 0,
      amount_refunded: 0,
      captured: false,
      created: nowSeconds(),
      currency: intent.currency,
      failure_code: code ?? null,
      // As they are now: what is changed later of the one is not of the other.
      metadata: { ...intent.metadata },
      paid: !code,
      payment_intent: intent.id,
      refunded: false,
      status: code ? 'failed' : 'succeeded',
    }
    if (code) {
      const error = {
        type: 'card_error',
        code,
        ...(declineCode && { decline_code: declineCode }),
        charge: intent.latest_charge.id,
        message: 'Your card was declined.',
      } as const
      this.#backToPaymentMethod(intent, error)
      throw new StripeProblem(402, { ...error, payment_intent: structuredClone(intent) })
    }
    if (intent.capture_method !== 'manual') throw new Error('this shop captures by hand')
    return Object.assign(intent, { status: 'requires_capture', amount_capturable: intent.amount } as const)
  }

  /** After a failed attempt the PaymentIntent has no PaymentMethod any more. */
  #backToPaymentMethod(intent: FakeIntent, error: object): void {
    Object.assign(intent, { status: 'requires_payment_method', payment_method: null, last_payment_error: error })
  }
}

const refused = (message: string, code?: string) =>
  new StripeProblem(400, { type: 'invalid_request_error', message, ...(code && { code }) })

function unexpectedState(intent: FakeIntent, verb: string, why = `because it has a status of ${intent.status}`) {
  return new StripeProblem(400, {
    type: 'invalid_request_error',
    code: 'payment_intent_unexpected_state',
    message: `You cannot ${verb} this PaymentIntent ${why}.`,
    payment_intent: structuredClone(intent),
  })
}

function expectKnown(form: URLSearchParams, names: readonly string[]): void {
  const known = new Set(['expand', ...names])
  for (const name of form.keys()) {
    const param = name.replace(/\[.*$/, '')
    if (!known.has(param)) throw invalid(`Received unknown parameter: ${param}`, { code: 'parameter_unknown', param })
  }
}

function positiveInteger(form: URLSearchParams, param: string): number {
  const text = form.get(param)
  if (text === null) throw invalid(`Missing required param: ${param}.`, { code: 'parameter_missing', param })
  if (/^[1-9]\d*$/.test(text)) return Number(text)
  throw invalid('This value must be greater than or equal to 1.', { code: 'parameter_invalid_integer', param })
}

const metadataOf = (form: URLSearchParams) =>
  Object.fromEntries(
    [...form].flatMap(([name, value]) => {
      const key = /^metadata\[(.+)\]$/.exec(name)?.[1]
      return key ? [[key, value]] : []
    }),
  )

const listOf = (form: URLSearchParams, param: string) =>
  [...form].filter(([name]) => name.startsWith(`${param}[`)).map(([, value]) => value)
