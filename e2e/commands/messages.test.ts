import { randomUUID } from 'node:crypto'
import { eventually } from '@cartograph/test-kit'
import { expect, test } from 'vitest'
import { runCommandLine } from '../src/command.ts'
import { startThrowAwayStack } from '../src/demo-stack.ts'
import { rowsOf } from '../src/sql.ts'

/** An order that carts is told of; without its payload, carts rejects it. */
const orderPlaced = (payload: object) => ({
  id: randomUUID(),
  name: 'orders.order-placed.v1',
  aggregateId: randomUUID(),
  aggregateVersion: 1,
  occurredAt: '2026-01-31T12:00:00.000Z',
  payload,
})

test('pnpm messages lists what was given up, and redrives it', { timeout: 120_000 }, async () => {
  await using shop = await startThrowAwayStack(async () => {})
  const sql = (text: string, values: unknown[] = []) =>
    rowsOf<{ id: string }>(shop.postgres.superuserUrl('postgres'), 'orders', text, values)
  const messages = async (...args: string[]) => {
    const command = runCommandLine(['messages', ...args, '--data-dir', shop.dataDir])
    expect(await command.ended, command.output()).toBe(0)
    return command.output()
  }
  const waiting = (queue: string) =>
    sql(`select id from pgboss.job where name = $1 and state in ('created', 'retry', 'active')`, [queue])

  expect(await messages()).toContain('There are no dead letters')

  await sql(`insert into pgboss.job (name, data, dead_letter) values ('events-to-carts', $1, 'dead-letters')`, [
    JSON.stringify(orderPlaced({})),
  ])
  await eventually(async () => expect(await waiting('dead-letters')).toHaveLength(1), { timeoutMs: 10_000 })
  const [letter] = await waiting('dead-letters')
  const listed = await messages()
  expect(listed).toContain(`${letter!.id}  orders`)
  expect(listed).toContain('events-to-carts  orders.order-placed.v1')
  expect(listed).toContain('pnpm messages redrive')

  // The cause is mended: what carts is told is now an order, of a cart that it does not have.
  const [orderId, checkoutId, cartId] = [randomUUID(), randomUUID(), randomUUID()]
  const lines = [{ variantId: randomUUID(), productId: randomUUID(), quantity: 1 }]
  const whole = orderPlaced({ orderId, checkoutId, cartId, customerId: null, placedAt: '2026-01-31T12:00:00Z', lines })
  await sql(`update pgboss.job set data = $1 where id = $2`, [JSON.stringify(whole), letter!.id])
  expect(await messages('redrive', randomUUID())).toContain('0 messages are tried again')
  expect(await messages('redrive', letter!.id)).toContain('1 message is tried again')
  await eventually(async () => expect(await waiting('events-to-carts')).toEqual([]), { timeoutMs: 10_000 })
  expect(await messages()).toContain('There are no dead letters')

  const wrong = runCommandLine(['messages', 'resend', '--data-dir', shop.dataDir])
  expect(await wrong.ended).toBe(1)
  expect(wrong.output()).toContain('There is no "resend". Usage: pnpm messages')
})
