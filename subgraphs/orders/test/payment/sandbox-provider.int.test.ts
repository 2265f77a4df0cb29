import { randomUUID } from 'node:crypto'
import { money } from '@cartograph/money'
import { eventually, freshDatabase, numbered, type FreshDatabase } from '@cartograph/test-kit'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { PaymentOutcomeUnknownError } from '../../src/payment/payment-provider.ts'
import { sandboxProvider } from '../../src/payment/sandbox-provider.ts'
import { type BookEntry, describeProviderContract } from './provider-contract.ts'

let database: FreshDatabase
let pool: pg.Pool
beforeAll(async () => {
  database = await freshDatabase('orders')
  pool = poolOf()
})
afterAll(async () => {
  await pool.end()
  await database.drop()
})

function poolOf(): pg.Pool {
  return new pg.Pool({ connectionString: database.connectionString }).on('error', () => {})
}

async function books(): Promise<BookEntry[]> {
  const { rows } = await pool.query<BookEntry>(`
    select id as "paymentId", key, status,
      case status when 'AUTHORIZED' then amount else 0 end::int as held,
      case status when 'CAPTURED' then amount else 0 end::int as captured,
      refunded::int as refunded,
      (select count(*)::int from sandbox_refund where payment_id = sandbox_payment.id) as refunds
    from sandbox_payment order by id`)
  return rows
}

describeProviderContract('sandbox', async () => {
  const another = poolOf()
  return {
    provider: sandboxProvider(pool),
    other: sandboxProvider(another),
    approved: 'sandbox_visa',
    declined: {
      sandbox_declined: 'generic_decline',
      sandbox_insufficient_funds: 'insufficient_funds',
      sandbox_expired_card: 'expired_card',
    },
    unknownToken: 'constructor',
    challenge: { passed: 'sandbox_3ds', failed: 'sandbox_3ds_failed' },
    failedChallengeCode: 'authentication_failed',
    // Coming back is the answer.
    answerChallenge: () => {},
    losing: (operation, effect) => ({
      token: `sandbox_timeout_${effect}${operation === 'authorize' ? '' : `_${operation}`}`,
      arm: () => {},
    }),
    books,
    backdate: async (paymentId, openedAt) => {
      await pool.query('update sandbox_payment set opened_at = $2 where id = $1', [paymentId, openedAt])
    },
    stop: () => another.end(),
  }
})

describe('sandbox: processes', () => {
  const openPayment = (paymentMethodToken: string) =>
    sandboxProvider(pool).openPayment({ key: randomUUID(), amount: money(1000, 'GBP'), paymentMethodToken })

  test('an effect stays when the transaction of ours beside it is rolled back', async () => {
    const paymentId = await openPayment('sandbox_visa')
    const client = await pool.connect()
    await client.query('begin')
    await sandboxProvider(pool).authorizePayment(paymentId)
    await client.query('rollback')
    client.release()
    expect(await sandboxProvider(pool).findPayment(paymentId)).toEqual({ status: 'AUTHORIZED' })
  })

  test.each(['sandbox_timeout_before', 'sandbox_timeout_after'])('%s befalls one of eight processes', async (token) => {
    const paymentId = await openPayment(token)
    const pools = numbered(8, () => poolOf())
    const outcomes = await Promise.allSettled(pools.map((one) => sandboxProvider(one).authorizePayment(paymentId)))
    const lost = outcomes.filter(({ status }) => status === 'rejected')
    expect(lost).toEqual([{ status: 'rejected', reason: expect.any(PaymentOutcomeUnknownError) as Error }])
    for (const one of outcomes) if (one.status === 'fulfilled') expect(one.value).toEqual({ status: 'AUTHORIZED' })
    await Promise.all(pools.map((one) => one.end()))
  })

  test('a slow capture gets no answer twenty times, of which a void takes none away', async () => {
    const provider = sandboxProvider(pool)
    const captured = await openPayment('sandbox_slow_capture')
    await provider.authorizePayment(captured)
    for (let times = 0; times < 20; times++)
      await expect(provider.capturePayment(captured)).rejects.toThrow(PaymentOutcomeUnknownError)
    expect(await provider.findPayment(captured)).toEqual({ status: 'AUTHORIZED' })
    expect(await provider.capturePayment(captured)).toEqual({ status: 'CAPTURED', refundedMinorUnits: 0 })
    const voided = await openPayment('sandbox_slow_capture')
    await provider.authorizePayment(voided)
    await expect(provider.capturePayment(voided)).rejects.toThrow(PaymentOutcomeUnknownError)
    expect(await provider.voidPayment(voided)).toEqual({ status: 'VOIDED' })
  })

  test('the page of 3-D Secure is named by the payment', async () => {
    const paymentId = await openPayment('sandbox_3ds')
    const url = `https://sandbox.example/3-d-secure/${paymentId}`
    expect(await sandboxProvider(pool).authorizePayment(paymentId)).toEqual({ status: 'ACTION_REQUIRED', url })
  })

  test('a connection that breaks leaves open what was done', async () => {
    const paymentId = await openPayment('sandbox_visa')
    await sandboxProvider(pool).authorizePayment(paymentId)
    const [blocker, doomed] = [await pool.connect(), poolOf()]
    await blocker.query('begin')
    await blocker.query('select from sandbox_payment where id = $1 for update', [paymentId])
    const capture = sandboxProvider(doomed)
      .capturePayment(paymentId)
      .catch((error: unknown) => error)
    await eventually(async () => {
      const { rowCount } = await pool.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and wait_event_type = 'Lock'`,
      )
      expect(rowCount).toBe(1)
    })
    expect(await capture).toBeInstanceOf(PaymentOutcomeUnknownError)
    await blocker.query('rollback')
    blocker.release()
    await doomed.end()
    expect(await sandboxProvider(pool).findPayment(paymentId)).toEqual({ status: 'AUTHORIZED' })
    expect(await sandboxProvider(pool).capturePayment(paymentId)).toEqual({ status: 'CAPTURED', refundedMinorUnits: 0 })
  })

  test('lists the oldest first', async () => {
    const ids = [
      await openPayment('sandbox_visa'),
      await openPayment('sandbox_visa'),
      await openPayment('sandbox_visa'),
    ]
    for (const [index, day] of ['2020-01-03', '2020-01-01', '2020-01-02'].entries()) {
      await pool.query('update sandbox_payment set opened_at = $2 where id = $1', [ids[index], day])
    }
    const listed: string[] = []
    for await (const { paymentId } of sandboxProvider(pool).listUnsettledPayments(new Date('2020-02-01'))) {
      listed.push(paymentId)
    }
    expect(listed).toEqual([ids[1], ids[2], ids[0]])
  })
})
