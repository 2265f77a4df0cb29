import { randomUUID } from 'node:crypto'
import { money } from '@cartograph/money'
import { numbered } from '@cartograph/test-kit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type PaymentProvider,
  PaymentOutcomeUnknownError,
  PaymentRefusedError,
  type PaymentState,
  type UnsettledPayment,
} from '../../src/payment/payment-provider.ts'

export interface BookEntry {
  readonly paymentId: string
  readonly key: string
  readonly status: string
  readonly held: number
  readonly captured: number
  readonly refunded: number
  /** How many refunds. */
  readonly refunds: number
}

export interface ProviderUnderTest {
  readonly provider: PaymentProvider
  /** The same, as another process has it. */
  readonly other: PaymentProvider
  readonly approved: string
  /** Tokens with what the decline is called. */
  readonly declined: Readonly<Record<string, string>>
  readonly unknownToken: string
  readonly challenge: Readonly<Record<'passed' | 'failed', string>>
  readonly failedChallengeCode: string
  /** The customer does at `url` what is asked for. */
  answerChallenge(paymentId: string, outcome: 'passed' | 'failed'): void
  /** A token, and what makes the next request of this kind lose its answer, before it has its effect or after. */
  losing(
    operation: 'authorize' | 'capture' | 'void' | 'refund',
    effect: 'before' | 'after',
  ): { readonly token: string; arm(): void }
  books(): Promise<BookEntry[]>
  /** Makes the payment one that was opened then. */
  backdate(paymentId: string, openedAt: Date): Promise<void>
  stop(): Promise<void>
}

/** What PaymentProvider promises, asked of a provider whose books can be read. */
export function describeProviderContract(name: string, start: () => Promise<ProviderUnderTest>): void {
  let it: ProviderUnderTest
  beforeAll(async () => {
    it = await start()
  })
  afterAll(() => it.stop())

  const amount = (minorUnits: number) => money(minorUnits, 'GBP')
  const requestOf = (paymentMethodToken = it.approved) => ({
    key: randomUUID(),
    amount: amount(1000),
    paymentMethodToken,
  })
  const opened = (token?: string) => it.provider.openPayment(requestOf(token))
  async function authorized(token?: string): Promise<string> {
    const paymentId = await opened(token)
    expect(await it.provider.authorizePayment(paymentId)).toEqual({ status: 'AUTHORIZED' })
    return paymentId
  }
  async function captured(token?: string): Promise<string> {
    const paymentId = await authorized(token)
    expect(await it.provider.capturePayment(paymentId)).toEqual({ status: 'CAPTURED', refundedMinorUnits: 0 })
    return paymentId
  }
  async function voided(): Promise<string> {
    const paymentId = await authorized()
    expect(await it.provider.voidPayment(paymentId)).toEqual({ status: 'VOIDED' })
    return paymentId
  }
  const refundOf = (paymentId: string, minorUnits: number) => ({
    key: randomUUID(),
    paymentId,
    amount: amount(minorUnits),
  })

  async function entryOf(paymentId: string): Promise<BookEntry> {
    return (await it.books()).find((entry) => entry.paymentId === paymentId)!
  }
  const holds = { held: 1000, captured: 0, refunded: 0, refunds: 0 }
  const nothing = { held: 0, captured: 0, refunded: 0, refunds: 0 }
  const took = (refunded = 0, refunds = 0) => ({ held: 0, captured: 1000, refunded, refunds })

  /** Refused, or without an answer, and nothing has moved anywhere. */
  async function expectNothingMoved(
    request: () => Promise<unknown>,
    error: typeof PaymentRefusedError | typeof PaymentOutcomeUnknownError = PaymentRefusedError,
  ): Promise<void> {
    const before = await it.books()
    await expect(request()).rejects.toThrow(error)
    expect(await it.books()).toEqual(before)
  }

  /** Eight at once, of two processes: at least one answers, and the others answer or do not know. */
  async function eightAtOnce<T>(request: (provider: PaymentProvider) => Promise<T>): Promise<T[]> {
    const all = await Promise.allSettled(numbered(8, (number) => request(number % 2 ? it.provider : it.other)))
    for (const one of all) if (one.status === 'rejected') expect(one.reason).toBeInstanceOf(PaymentOutcomeUnknownError)
    const answers = all.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    expect(answers.length).toBeGreaterThan(0)
    return answers
  }

  describe(`${name}: the way of a payment`, () => {
    test('opened, held, captured and given back in parts', async () => {
      const paymentId = await opened()
      expect(await it.provider.findPayment(paymentId)).toEqual({ status: 'OPENED' })
      expect(await entryOf(paymentId)).toMatchObject(nothing)
      expect(await it.provider.authorizePayment(paymentId)).toEqual({ status: 'AUTHORIZED' })
      expect(await it.other.findPayment(paymentId)).toEqual({ status: 'AUTHORIZED' })
      expect(await entryOf(paymentId)).toMatchObject(holds)
      expect(await it.provider.capturePayment(paymentId)).toEqual({ status: 'CAPTURED', refundedMinorUnits: 0 })
      expect(await entryOf(paymentId)).toMatchObject(took())
      const [first, second] = [refundOf(paymentId, 300), refundOf(paymentId, 700)]
      expect(await it.provider.hasRefund(paymentId, first.key)).toBe(false)
      await it.provider.refundPayment(first)
      expect(await it.provider.findPayment(paymentId)).toEqual({ status: 'CAPTURED', refundedMinorUnits: 300 })
      expect(await it.other.hasRefund(paymentId, first.key)).toBe(true)
      expect(await it.provider.hasRefund(paymentId, second.key)).toBe(false)
      await it.provider.refundPayment(second)
      expect(await it.provider.findPayment(paymentId)).toEqual({ status: 'CAPTURED', refundedMinorUnits: 1000 })
      expect(await entryOf(paymentId)).toMatchObject(took(1000, 2))
    })

    test('let go of when held, when opened and when declined', async () => {
      const declined = await opened(Object.keys(it.declined)[0])
      await it.provider.authorizePayment(declined)
      for (const paymentId of [await authorized(), await opened(), declined]) {
        expect(await it.provider.voidPayment(paymentId)).toEqual({ status: 'VOIDED' })
        expect(await it.provider.findPayment(paymentId)).toEqual({ status: 'VOIDED' })
        expect(await entryOf(paymentId)).toMatchObject(nothing)
      }
    })

    test('declined, each for its reason, and declined it stays', async () => {
      for (const [token, declineCode] of Object.entries(it.declined)) {
        const paymentId = await opened(token)
        expect(await it.provider.authorizePayment(paymentId)).toEqual({ status: 'DECLINED', declineCode })
        expect(await it.provider.findPayment(paymentId)).toEqual({ status: 'DECLINED', declineCode })
        expect(await it.provider.authorizePayment(paymentId)).toEqual({ status: 'DECLINED', declineCode })
        expect(await entryOf(paymentId)).toMatchObject(nothing)
      }
    })

    test('an unknown means of payment is refused when opened, or declined', async () => {
      const outcome = await opened(it.unknownToken).then(
        (paymentId) => it.provider.authorizePayment(paymentId),
        (error: unknown) => error,
      )
      if (outcome instanceof Error) expect(outcome).toBeInstanceOf(PaymentRefusedError)
      else expect(outcome).toEqual({ status: 'DECLINED', declineCode: 'unknown_payment_method' })
    })

    test('what there is not is null, has no refund, and is refused', async () => {
      for (const paymentId of [randomUUID(), 'pi_none', "'; drop"]) {
        expect(await it.provider.findPayment(paymentId)).toBeNull()
        expect(await it.provider.hasRefund(paymentId, randomUUID())).toBe(false)
        await expectNothingMoved(() => it.provider.authorizePayment(paymentId))
        await expectNothingMoved(() => it.provider.capturePayment(paymentId))
        await expectNothingMoved(() => it.provider.voidPayment(paymentId))
        await expectNothingMoved(() => it.provider.refundPayment(refundOf(paymentId, 100)))
      }
    })
  })

  describe(`${name}: 3-D Secure`, () => {
    async function challenged(outcome: 'passed' | 'failed'): Promise<string> {
      const paymentId = await opened(it.challenge[outcome])
      const state = await it.provider.authorizePayment(paymentId)
      expect(state).toEqual({ status: 'ACTION_REQUIRED', url: expect.stringMatching(/^https:\/\//) as string })
      expect(await it.provider.findPayment(paymentId)).toEqual(state)
      expect(await entryOf(paymentId)).toMatchObject(nothing)
      return paymentId
    }

    test('passed: the money is held when the customer is back', async () => {
      const paymentId = await challenged('passed')
      it.answerChallenge(paymentId, 'passed')
      expect(await it.other.authorizePayment(paymentId)).toEqual({ status: 'AUTHORIZED' })
      expect(await entryOf(paymentId)).toMatchObject(holds)
      expect(await it.provider.capturePayment(paymentId)).toEqual({ status: 'CAPTURED', refundedMinorUnits: 0 })
    })

    test('failed: declined when the customer is back', async () => {
      const paymentId = await challenged('failed')
      it.answerChallenge(paymentId, 'failed')
      const declined = { status: 'DECLINED', declineCode: it.failedChallengeCode }
      expect(await it.other.authorizePayment(paymentId)).toEqual(declined)
      expect(await it.provider.findPayment(paymentId)).toEqual(declined)
      expect(await entryOf(paymentId)).toMatchObject(nothing)
    })

    test('never answered: it can be let go of, not captured', async () => {
      const paymentId = await challenged('passed')
      await expectNothingMoved(() => it.provider.capturePayment(paymentId))
      expect(await it.provider.voidPayment(paymentId)).toEqual({ status: 'VOIDED' })
      expect(await it.provider.authorizePayment(paymentId)).toEqual({ status: 'VOIDED' })
    })
  })

  describe(`${name}: twice is once`, () => {
    test('one key opens one payment, also when eight ask at once', async () => {
      const request = requestOf()
      const ids = new Set(await eightAtOnce((provider) => provider.openPayment(request)))
      ids.add(await it.provider.openPayment(request))
      ids.add(await it.other.openPayment(request))
      expect(ids.size).toBe(1)
      expect((await it.books()).filter(({ key }) => key === request.key)).toHaveLength(1)
    })

    test('a key that comes again with other content is refused', async () => {
      const request = requestOf()
      await it.provider.openPayment(request)
      await expectNothingMoved(() => it.provider.openPayment({ ...request, amount: amount(1001) }))
      await expectNothingMoved(() => it.provider.openPayment({ ...request, amount: money(1000, 'EUR') }))
      const paymentMethodToken = Object.keys(it.declined)[0]!
      await expectNothingMoved(() => it.provider.openPayment({ ...request, paymentMethodToken }))
      const paymentId = await captured()
      const refund = refundOf(paymentId, 100)
      await it.provider.refundPayment(refund)
      await expectNothingMoved(() => it.provider.refundPayment({ ...refund, amount: amount(101) }))
    })

    test('eight hold, capture and let go at once: each happens once', async () => {
      const paymentId = await opened()
      for (const state of await eightAtOnce((provider) => provider.authorizePayment(paymentId))) {
        expect(state).toEqual({ status: 'AUTHORIZED' })
      }
      expect(await entryOf(paymentId)).toMatchObject(holds)
      for (const state of await eightAtOnce((provider) => provider.capturePayment(paymentId))) {
        expect(state).toEqual({ status: 'CAPTURED', refundedMinorUnits: 0 })
      }
      expect(await it.provider.capturePayment(paymentId)).toEqual({ status: 'CAPTURED', refundedMinorUnits: 0 })
      expect(await it.provider.authorizePayment(paymentId)).toEqual({ status: 'CAPTURED', refundedMinorUnits: 0 })
      expect(await entryOf(paymentId)).toMatchObject(took())

      const another = await authorized()
      for (const state of await eightAtOnce((provider) => provider.voidPayment(another))) {
        expect(state).toEqual({ status: 'VOIDED' })
      }
      expect(await it.provider.voidPayment(another)).toEqual({ status: 'VOIDED' })
      expect(await entryOf(another)).toMatchObject(nothing)
    })

    test('eight refunds of one key give the money back once', async () => {
      const paymentId = await captured()
      const refund = refundOf(paymentId, 400)
      await eightAtOnce((provider) => provider.refundPayment(refund))
      await it.provider.refundPayment(refund)
      expect(await entryOf(paymentId)).toMatchObject(took(400, 1))
    })

    test('captured and let go of at once: one of the two, and the other is refused', async () => {
      for (let round = 0; round < 5; round += 1) {
        const paymentId = await authorized()
        const outcomes = await Promise.allSettled([
          it.provider.capturePayment(paymentId),
          it.other.voidPayment(paymentId),
        ])
        const won = outcomes.filter(({ status }) => status === 'fulfilled')
        const lost = outcomes.filter(({ status }) => status === 'rejected')
        expect([won.length, lost.length]).toEqual([1, 1])
        expect(lost[0]).toMatchObject({ reason: expect.any(PaymentRefusedError) as Error })
        expect(won[0]).toEqual({ status: 'fulfilled', value: await it.provider.findPayment(paymentId) })
      }
    })
  })

  describe(`${name}: refused`, () => {
    test('a capture of what is opened, declined or let go of', async () => {
      const declined = await opened(Object.keys(it.declined)[0])
      await it.provider.authorizePayment(declined)
      for (const paymentId of [await opened(), declined, await voided()]) {
        const before = await it.provider.findPayment(paymentId)
        await expectNothingMoved(() => it.provider.capturePayment(paymentId))
        expect(await it.provider.findPayment(paymentId)).toEqual(before)
      }
    })

    test('letting go of what is captured', async () => {
      const paymentId = await captured()
      await expectNothingMoved(() => it.provider.voidPayment(paymentId))
    })

    test('a refund of more than is left, of nothing, in another currency, or of what is not captured', async () => {
      const paymentId = await captured()
      await expectNothingMoved(() => it.provider.refundPayment(refundOf(paymentId, 1001)))
      await it.provider.refundPayment(refundOf(paymentId, 600))
      const tooMuch = refundOf(paymentId, 401)
      await expectNothingMoved(() => it.provider.refundPayment(tooMuch))
      expect(await it.provider.hasRefund(paymentId, tooMuch.key)).toBe(false)
      await expectNothingMoved(() => it.provider.refundPayment(refundOf(paymentId, 0)))
      await expectNothingMoved(() => it.provider.refundPayment(refundOf(paymentId, -1)))
      const inEuros = { ...refundOf(paymentId, 100), amount: money(100, 'EUR') }
      await expectNothingMoved(() => it.provider.refundPayment(inEuros))
      for (const another of [await opened(), await authorized(), await voided()]) {
        await expectNothingMoved(() => it.provider.refundPayment(refundOf(another, 100)))
      }
      await it.provider.refundPayment(refundOf(paymentId, 400))
      await expectNothingMoved(() => it.provider.refundPayment(refundOf(paymentId, 1)))
    })

    test('a payment of nothing', async () => {
      await expectNothingMoved(() => it.provider.openPayment({ ...requestOf(), amount: amount(0) }))
      await expectNothingMoved(() => it.provider.openPayment({ ...requestOf(), amount: amount(-1) }))
    })

    test('of 20 parts at once, those that would be more than was captured', async () => {
      const paymentId = await captured()
      const parts = numbered(20, () => refundOf(paymentId, 90))
      const outcomes = await Promise.allSettled(parts.map((part) => it.provider.refundPayment(part)))
      const refusals = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []))
      expect(refusals).toHaveLength(9)
      for (const refusal of refusals) expect(refusal).toBeInstanceOf(PaymentRefusedError)
      expect(await entryOf(paymentId)).toMatchObject(took(990, 11))
      for (const [index, { key }] of parts.entries()) {
        expect(await it.provider.hasRefund(paymentId, key)).toBe(outcomes[index]!.status === 'fulfilled')
      }
    })
  })

  describe(`${name}: no answer`, () => {
    interface Step {
      readonly prepare: (token: string) => Promise<string>
      readonly take: (paymentId: string) => Promise<unknown>
      readonly before: PaymentState
      readonly after: PaymentState
    }
    const steps: Record<'authorize' | 'capture' | 'void', Step> = {
      authorize: {
        prepare: (token) => opened(token),
        take: (paymentId) => it.provider.authorizePayment(paymentId),
        before: { status: 'OPENED' },
        after: { status: 'AUTHORIZED' },
      },
      capture: {
        prepare: (token) => authorized(token),
        take: (paymentId) => it.provider.capturePayment(paymentId),
        before: { status: 'AUTHORIZED' },
        after: { status: 'CAPTURED', refundedMinorUnits: 0 },
      },
      void: {
        prepare: (token) => authorized(token),
        take: (paymentId) => it.provider.voidPayment(paymentId),
        before: { status: 'AUTHORIZED' },
        after: { status: 'VOIDED' },
      },
    }

    for (const operation of ['authorize', 'capture', 'void'] as const) {
      test(`${operation}: lost before the effect, it is found undone, and done when repeated`, async () => {
        const { prepare, take, before, after } = steps[operation]
        const { token, arm } = it.losing(operation, 'before')
        const paymentId = await prepare(token)
        arm()
        await expectNothingMoved(() => take(paymentId), PaymentOutcomeUnknownError)
        expect(await it.other.findPayment(paymentId)).toEqual(before)
        expect(await take(paymentId)).toEqual(after)
      })

      test(`${operation}: lost after the effect, it is found done, and not done again when repeated`, async () => {
        const { prepare, take, after } = steps[operation]
        const { token, arm } = it.losing(operation, 'after')
        const paymentId = await prepare(token)
        arm()
        await expect(take(paymentId)).rejects.toThrow(PaymentOutcomeUnknownError)
        expect(await it.other.findPayment(paymentId)).toEqual(after)
        const done = await it.books()
        expect(await take(paymentId)).toEqual(after)
        expect(await it.books()).toEqual(done)
      })
    }

    test('refund: lost before the effect, it is found undone, and done when repeated', async () => {
      const { token, arm } = it.losing('refund', 'before')
      const paymentId = await captured(token)
      const refund = refundOf(paymentId, 250)
      arm()
      await expectNothingMoved(() => it.provider.refundPayment(refund), PaymentOutcomeUnknownError)
      expect(await it.other.hasRefund(paymentId, refund.key)).toBe(false)
      await it.provider.refundPayment(refund)
      expect(await it.provider.hasRefund(paymentId, refund.key)).toBe(true)
      expect(await entryOf(paymentId)).toMatchObject(took(250, 1))
    })

    test('refund: lost after the effect, it is found done, and not done again when repeated', async () => {
      const { token, arm } = it.losing('refund', 'after')
      const paymentId = await captured(token)
      const refund = refundOf(paymentId, 250)
      arm()
      await expect(it.provider.refundPayment(refund)).rejects.toThrow(PaymentOutcomeUnknownError)
      expect(await it.other.hasRefund(paymentId, refund.key)).toBe(true)
      await it.provider.refundPayment(refund)
      expect(await entryOf(paymentId)).toMatchObject(took(250, 1))
    })
  })

  describe(`${name}: what is not settled`, () => {
    const soon = () => new Date(Date.now() + 60_000)
    async function unsettled(before: Date): Promise<UnsettledPayment[]> {
      const all: UnsettledPayment[] = []
      for await (const payment of it.provider.listUnsettledPayments(before)) all.push(payment)
      return all
    }

    test('is what waits or holds money, with its key and state, and nothing else', async () => {
      const waiting = requestOf()
      const challenged = requestOf(it.challenge.passed)
      const held = requestOf()
      const ids: string[] = []
      for (const request of [waiting, challenged, held]) ids.push(await it.provider.openPayment(request))
      const action = await it.provider.authorizePayment(ids[1]!)
      await it.provider.authorizePayment(ids[2]!)
      const declined = await opened(Object.keys(it.declined)[0])
      await it.provider.authorizePayment(declined)
      const settled = [declined, await voided(), await captured()]

      const listed = new Map((await unsettled(soon())).map((payment) => [payment.paymentId, payment]))
      expect(listed.get(ids[0]!)).toEqual({ paymentId: ids[0], key: waiting.key, state: { status: 'OPENED' } })
      expect(listed.get(ids[1]!)).toEqual({ paymentId: ids[1], key: challenged.key, state: action })
      expect(listed.get(ids[2]!)).toEqual({ paymentId: ids[2], key: held.key, state: { status: 'AUTHORIZED' } })
      for (const paymentId of settled) expect(listed.has(paymentId)).toBe(false)
    })

    test('was opened before', async () => {
      const [early, late] = [await authorized(), await authorized()]
      const hour = 3_600_000
      await it.backdate(early, new Date(Date.now() - 2 * hour))
      const listed = (await unsettled(new Date(Date.now() - hour))).map(({ paymentId }) => paymentId)
      expect(listed).toContain(early)
      expect(listed).not.toContain(late)
    })

    test('is listed whole and once when it is more than a page', async () => {
      const ids = await Promise.all(numbered(210, () => opened()))
      const listed = (await unsettled(soon())).map(({ paymentId }) => paymentId)
      expect(new Set(listed).size).toBe(listed.length)
      expect(listed).toEqual(expect.arrayContaining(ids))
    })
  })
}
