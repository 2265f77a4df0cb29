import { statementChannel, type StatementMessage } from '@cartograph/service-runtime'
import { expect, test } from 'vitest'
import { guest, subgraphUnderTest } from './index.ts'

const nobody = async () => ({ url: 'http://127.0.0.1:1', stop: async () => {} })

test('what is stored is every row of every table, in an order that does not depend on the writing', async () => {
  const products = await subgraphUnderTest('products', nobody)
  try {
    const [one, two] = ['00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000002']
    const empty = await products.stored()
    expect(empty).toEqual({ category: [], product: [], product_category: [], variant: [] })
    const insert = `insert into category (id, slug, name, position) values ($1, $1::uuid::text, 'Home', 0)`
    for (const id of [two, one]) await products.sql(insert, [id])
    const category = [one, two].map((id) => ({ id, parent_id: null, slug: id, name: 'Home', position: 0 }))
    expect(await products.stored()).toEqual({ ...empty, category })
  } finally {
    await products.stop()
  }
})

test('statements are those of its own database, and only while the work runs', async () => {
  const products = await subgraphUnderTest('products', nobody)
  try {
    const database = new URL(products.database.connectionString).pathname.slice(1)
    const send = (message: StatementMessage) => statementChannel.publish(message)
    const seen = await products.statementsOf(async () => {
      send({ database, text: 'select 1' })
      send({ database: 'another', text: 'select 2' })
    })
    send({ database, text: 'select 3' })
    expect(seen).toEqual(['select 1'])
    await expect(products.statementsOfQuery(guest(), '{ __typename }')).rejects.toThrow('fetch failed')
  } finally {
    await products.stop()
  }
})
