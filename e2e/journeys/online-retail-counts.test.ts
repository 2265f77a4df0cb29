import pg from 'pg'
import { describe, expect, inject, test } from 'vitest'
import { withoutRealData } from '../src/shared-data.ts'

describe.skipIf(withoutRealData('the imported counts'))('the imported shop', () => {
  async function count(database: string, sql: string): Promise<Record<string, number>> {
    const url = new URL(inject('sharedShop').databaseUrl)
    url.pathname = `/${database}`
    const connection = new pg.Client({ connectionString: url.href })
    await connection.connect()
    const { rows } = await connection.query<Record<string, number>>(sql)
    await connection.end()
    return rows[0]!
  }

  test('has every SKU, customer, order and line of the files, once', async () => {
    expect(
      await count(
        'products',
        'select (select count(*)::int from product) products, (select count(*)::int from variant) variants',
      ),
    ).toEqual({
      products: 3659,
      variants: 3659,
    })
    expect(
      await count(
        'users',
        `select count(*)::int users, count(password_hash)::int passwords from user_account where email like 'customer-%'`,
      ),
    ).toEqual({
      users: 3970,
      passwords: 10,
    })
    expect(
      await count(
        'orders',
        'select (select count(*)::int from customer_order) orders, (select count(*)::int from order_line) lines',
      ),
    ).toEqual({
      orders: 14_984,
      lines: 314_794,
    })
  })

  test('has a stock level for every variant, and a ledger that sums to it', async () => {
    expect(
      await count(
        'inventory',
        `select count(*)::int levels, count(*) filter (where on_hand = (select sum(delta) from stock_movement m where m.stock_level_id = l.id))::int explained
         from stock_level l`,
      ),
    ).toEqual({ levels: 3659, explained: 3659 })
  })
})
