import pg from 'pg'
import { expect, inject, test } from 'vitest'
import { freshDatabase } from './fresh-database.ts'
import { offeredPostgresUrl } from './env.ts'

async function query(connectionString: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    return (await client.query(sql)).rows as unknown[]
  } finally {
    await client.end()
  }
}

test('each is migrated, apart from the others, and owned by a role that is no superuser', async () => {
  const fresh = await Promise.all([freshDatabase('products'), freshDatabase('products'), freshDatabase('products')])
  const [one, two] = fresh
  const migrated = 'select count(*) > 0 as migrated from _prisma_migrations'
  expect(await query(one.connectionString, migrated)).toEqual([{ migrated: true }])
  await query(one.connectionString, 'create table mine (id int)')
  expect(await query(two.connectionString, `select to_regclass('mine') as mine`)).toEqual([{ mine: null }])
  const role = `select rolsuper, pg_get_userbyid(datdba) = current_user as owns
    from pg_roles, pg_database where rolname = current_user and datname = current_database()`
  expect(await query(one.connectionString, role)).toEqual([{ rolsuper: false, owns: true }])
  const templates = `select from pg_database where datistemplate and datname like 'template_products_%'`
  expect(await query(inject('cartographPostgresUrl'), templates)).toHaveLength(1)
  await Promise.all(fresh.map(({ drop }) => drop()))
  await one.drop()
  await expect(query(one.connectionString, 'select 1')).rejects.toThrow('does not exist')
})

test('a subgraph without migrations is an error', async () => {
  await expect(freshDatabase('nothing')).rejects.toThrow('ENOENT')
})

test('the server of CI is taken on CI alone', () => {
  const url = 'postgresql://postgres@127.0.0.1:1/postgres'
  expect(offeredPostgresUrl({ CARTOGRAPH_TEST_POSTGRES_URL: url })).toBeUndefined()
  expect(offeredPostgresUrl({ CI: 'true' })).toBeUndefined()
  expect(offeredPostgresUrl({ CI: 'true', CARTOGRAPH_TEST_POSTGRES_URL: url })).toBe(url)
  const wrong = { CI: 'true', CARTOGRAPH_TEST_POSTGRES_URL: 'nonsense' }
  expect(() => offeredPostgresUrl(wrong)).toThrow('is not a postgresql:// URL')
})
