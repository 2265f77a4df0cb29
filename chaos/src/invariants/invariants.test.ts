import { expect, test } from 'vitest'
import { invariants } from './all-invariants.ts'
import type { Rows } from './rows.ts'
import { soundRows } from './some-rows.test-kit.ts'

/** The names of the invariants that these rows break. */
const broken = (rows: Rows) =>
  Object.entries(invariants)
    .filter(([, check]) => check(rows).length > 0)
    .map(([name]) => name)

/** The sound rows with one row of one table changed. */
function with_<Table extends Exclude<keyof Rows, 'told' | 'mails'>>(
  table: Table,
  index: number,
  change: Partial<Rows[Table][number]>,
): Rows {
  const rows = soundRows()
  return { ...rows, [table]: rows[table].map((row, at) => (at === index ? { ...row, ...change } : row)) }
}

function without(table: keyof Rows, index: number): Rows {
  const rows = soundRows()
  return { ...rows, [table]: (rows[table] as unknown[]).filter((_, at) => at !== index) }
}

test('nothing is broken in a sound shop', () => {
  for (const [name, check] of Object.entries(invariants)) expect([name, check(soundRows())]).toEqual([name, []])
})

const breaks: readonly [what: string, rows: Rows, invariant: string][] = [
  ['more is promised than is there', with_('levels', 0, { reserved: 3 }), 'available never negative'],
  ['fewer than no units were there', with_('movements', 2, { onHandAfter: -1 }), 'available never negative'],
  ['more was sold than came', with_('movements', 0, { delta: 0 }), 'sold and held within received'],
  ['what is at hand is not the ledger', with_('levels', 0, { onHand: 3 }), 'the ledger adds up'],
  ['what is reserved is held by nobody', with_('levels', 0, { reserved: 1 }), 'the ledger adds up'],
  ['a refused checkout holds units', with_('reservations', 2, { state: 'HELD' }), 'orders have their units'],
  ['an order has no units', with_('reservations', 0, { state: 'RELEASED' }), 'orders have their units'],
  ['units came back twice', with_('reservationLines', 0, { returned: 2 }), 'orders have their units'],
  ['a penny was captured too much', with_('bookedPayments', 0, { amount: 26 }), 'money adds up'],
  ['a refund was given twice', with_('bookedPayments', 0, { refunded: 20 }), 'money adds up'],
  ['money was taken for no order', with_('bookedPayments', 2, { status: 'CAPTURED' }), 'money adds up'],
  ['a refund is not known to be given', with_('refunds', 0, { completed: false }), 'money adds up'],
  ['a cart was bought twice', with_('checkouts', 1, { cartId: 'cart1' }), 'one order per key'],
  ['a key has two checkouts', with_('checkouts', 1, { key: 'k1' }), 'one order per key'],
  ['an order is lost', without('orders', 0), 'one order per key'],
  ['money is still held', with_('bookedPayments', 2, { status: 'AUTHORIZED' }), 'no authorisation left'],
  ['a checkout has not ended', with_('checkouts', 2, { endedAt: null }), 'every checkout ends'],
  ['an order has another total', with_('orders', 0, { total: 24 }), 'an order is its snapshot'],
  ['an order costs what nobody agreed to', with_('checkouts', 0, { total: 24 }), 'an order is its snapshot'],
  ['an event was not noted', without('inbox', 0), 'events applied once'],
  ['a purchase is not known', without('purchased', 0), 'events applied once'],
  ['a cart is open whose order stands', with_('carts', 0, { status: 'ACTIVE' }), 'carts close with orders'],
  ['a cart is closed without an order', with_('carts', 2, { status: 'CHECKED_OUT' }), 'carts close with orders'],
  ['a cart is held for nobody', with_('carts', 2, { lockedBy: 'c3' }), 'carts close with orders'],
  [
    'a job was given up',
    { ...soundRows(), deadJobs: [{ database: 'orders', queue: 'dead-letters', id: 'j' }] },
    'nothing given up',
  ],
  ['a mail is missing', without('mails', 3), 'mails sent'],
  ['a refund that was answered is not there', without('refunds', 0), 'what was told stands'],
]

test.each(breaks)('%s', (_, rows, invariant) => {
  expect(broken(rows)).toContain(invariant)
})
