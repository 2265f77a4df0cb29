import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { provisionDatabases } from './provision-databases.ts'
import { startPostgres, type Postgres } from './start-postgres.ts'
import { removeWithServer, throwAwayFolder } from './throw-away-folder.ts'

let dataDir: string
let postgres: Postgres

const databases = ['carts', 'orders'].map((name) => ({ name, role: name, password: `${name} 's "secret"` }))

beforeAll(async () => {
  dataDir = throwAwayFolder()
  postgres = await startPostgres({ dataDir, ephemeral: true })
  await Promise.all([provisionDatabases(postgres, { databases }), provisionDatabases(postgres, { databases })])
})

afterAll(async () => {
  await removeWithServer(dataDir)
})

async function query(role: string, database: string, sql: string, password = `${role} 's "secret"`) {
  const client = new pg.Client({ host: postgres.host, port: postgres.port, user: role, password, database })
  try {
    await client.connect()
    return (await client.query(sql)).rows as unknown[]
  } finally {
    await client.end()
  }
}

test('a role owns its database and makes tables and the trusted extensions in it', async () => {
  await query('carts', 'carts', 'create extension if not exists pg_trgm; create extension unaccent')
  await query('carts', 'carts', 'create extension if not exists citext')
  await query('carts', 'carts', 'create table lines (id int)')
  expect(await query('carts', 'carts', `select unaccent('Crème') as plain, 'À'::citext = 'à' as same`)).toEqual([
    { plain: 'Creme', same: true },
  ])
  // Under LC_CTYPE C pg_trgm would drop the letter beyond ASCII, and these would be alike.
  const letters = `select similarity('éa', 'üa') < 1 as differ, similarity('é', 'É') as alike`
  expect(await query('carts', 'carts', letters)).toEqual([{ differ: true, alike: 1 }])
})

test.each(['orders', 'postgres', 'template1'])('a role cannot connect to %s', async (database) => {
  await expect(query('carts', database, 'select 1')).rejects.toThrow(`permission denied for database "${database}"`)
})

test('a role is no superuser and makes neither databases nor roles', async () => {
  const sql = 'select rolsuper, rolcreatedb, rolcreaterole from pg_roles where rolname = current_user'
  expect(await query('orders', 'orders', sql)).toEqual([{ rolsuper: false, rolcreatedb: false, rolcreaterole: false }])
})

test('again it changes nothing, and with another password only that', async () => {
  const verifiers = async () => {
    const admin = new pg.Client({ connectionString: postgres.superuserUrl('postgres') })
    await admin.connect()
    const sql = `select rolpassword from pg_authid where rolname in ('carts', 'orders') order by rolname`
    const { rows } = await admin.query<{ rolpassword: string }>(sql)
    await admin.end()
    return rows.map(({ rolpassword }) => rolpassword)
  }
  const before = await verifiers()
  await provisionDatabases(postgres, { databases })
  expect(await verifiers()).toEqual(before)
  const [carts, orders] = databases
  await provisionDatabases(postgres, { databases: [carts!, { ...orders!, password: 'new' }] })
  const after = await verifiers()
  expect(after[0]).toBe(before[0])
  expect(after[1]).not.toBe(before[1])
  await expect(query('orders', 'orders', 'select 1')).rejects.toThrow('password authentication failed')
  expect(await query('orders', 'orders', 'select 1 as n', 'new')).toEqual([{ n: 1 }])
})

test('a database that was left open by a crash is closed', async () => {
  const admin = new pg.Client({ connectionString: postgres.superuserUrl('postgres') })
  await admin.connect()
  await admin.query('grant connect on database carts to public')
  await admin.end()
  await provisionDatabases(postgres, { databases: databases.slice(0, 1) })
  await expect(query('orders', 'carts', 'select 1', 'new')).rejects.toThrow('permission denied for database "carts"')
})

test('a password beyond printable ASCII is refused', async () => {
  const odd = [{ name: 'odd', role: 'odd', password: 'schlüssel' }]
  await expect(provisionDatabases(postgres, { databases: odd })).rejects.toThrow('printable ASCII')
})
