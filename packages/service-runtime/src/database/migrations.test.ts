import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'
import { applyMigrations, MigrationError } from './migrations.ts'

let directory: string
let connectionString: string
let database: string

async function query<Row extends pg.QueryResultRow>(sql: string, url = connectionString): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Row>(sql)).rows
  } finally {
    await client.end()
  }
}

function write(name: string, sql: string): void {
  mkdirSync(path.join(directory, name), { recursive: true })
  writeFileSync(path.join(directory, name, 'migration.sql'), sql)
}

const apply = () => applyMigrations({ connectionString, directory })

async function tables(): Promise<string[]> {
  const sql = `select tablename as name from pg_tables where schemaname = 'public' order by 1`
  return (await query<{ name: string }>(sql)).map(({ name }) => name)
}

beforeEach(async () => {
  directory = mkdtempSync(path.join(os.tmpdir(), 'migrations-'))
  writeFileSync(path.join(directory, 'migration_lock.toml'), 'provider = "postgresql"\n')
  database = `migrations_${randomBytes(6).toString('hex')}`
  await query(`create database ${database}`, inject('cartographPostgresUrl'))
  connectionString = Object.assign(new URL(inject('cartographPostgresUrl')), { pathname: `/${database}` }).href
})

afterEach(async () => {
  await query(`drop database ${database} with (force)`, inject('cartographPostgresUrl'))
  rmSync(directory, { recursive: true })
})

/** A way to the database that swallows the first connection, resets the second and lets the others through. */
async function unreliableRoute(): Promise<{ url: string; connections: () => number; close: () => void }> {
  const { port } = new URL(connectionString)
  let connections = 0
  const sockets: Socket[] = []
  const server = createServer((socket) => {
    sockets.push(socket.on('error', () => {}))
    connections += 1
    if (connections === 2) socket.resetAndDestroy()
    if (connections <= 2) return
    const postgres = connect(Number(port), '127.0.0.1').on('error', () => {})
    sockets.push(postgres)
    socket.pipe(postgres).pipe(socket)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = Object.assign(new URL(connectionString), { port: String((server.address() as AddressInfo).port) }).href
  const close = () => {
    server.close()
    for (const socket of sockets) socket.destroy()
  }
  return { url, connections: () => connections, close }
}

test('a server that says nothing, and one that resets the connection, are tried again', async () => {
  write('20260101000000_one', 'create table one (id int);')
  const route = await unreliableRoute()
  try {
    expect(await applyMigrations({ connectionString: route.url, directory })).toEqual({
      applied: ['20260101000000_one'],
    })
    expect(route.connections()).toBe(3)
    expect(await tables()).toEqual(['_prisma_migrations', 'one'])
  } finally {
    route.close()
  }
})

test('a database that is not there is not waited for', async () => {
  const nowhere = Object.assign(new URL(connectionString), { pathname: '/there_is_none' }).href
  const begun = performance.now()
  await expect(applyMigrations({ connectionString: nowhere, directory })).rejects.toThrow('does not exist')
  expect(performance.now() - begun).toBeLessThan(4_000)
})

describe('what is recorded', () => {
  test('is what the Prisma CLI records', async () => {
    const sql = 'create table users (id int);\n'
    write('20260102_second', 'alter table users add name text')
    write('20260101_first', sql)
    expect(await apply()).toEqual({ applied: ['20260101_first', '20260102_second'] })
    const rows = await query('select * from _prisma_migrations order by started_at')
    expect(rows).toHaveLength(2)
    expect(rows[0]).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
      checksum: createHash('sha256').update(sql).digest('hex'),
      migration_name: '20260101_first',
      logs: null,
      rolled_back_at: null,
      started_at: expect.any(Date),
      finished_at: expect.any(Date),
      applied_steps_count: 1,
    })
    expect(rows[0]!['finished_at'] >= rows[0]!['started_at']).toBe(true)
  })

  test('keeps a second run from doing anything', async () => {
    write('1', 'create table a (id int)')
    await apply()
    expect(await apply()).toEqual({ applied: [] })
    write('2', 'create table b (id int)')
    expect(await apply()).toEqual({ applied: ['2'] })
  })

  test('forgives other line endings, and an older release whose folder lacks a migration', async () => {
    write('1', 'create table a (id int);\n')
    write('2', 'create table b (id int);\n')
    await apply()
    write('1', 'create table a (id int);\r\n')
    rmSync(path.join(directory, '2'), { recursive: true })
    expect(await apply()).toEqual({ applied: [] })
  })

  test('names an applied migration that was edited, and nothing is applied', async () => {
    write('1', 'create table a (id int)')
    await apply()
    write('1', 'create table a (id bigint)')
    write('2', 'create table b (id int)')
    await expect(apply()).rejects.toThrow(/^Migration 1: .*1\/migration\.sql was edited after it was applied/)
    expect(await tables()).toEqual(['_prisma_migrations', 'a'])
  })

  test('names a migration the CLI left unfinished', async () => {
    write('1', 'create table a (id int)')
    await apply()
    await query('update _prisma_migrations set finished_at = null')
    await expect(apply()).rejects.toThrow('Migration 1: it was begun by the Prisma CLI and never finished')
    await query('update _prisma_migrations set rolled_back_at = now(); drop table a')
    expect(await apply()).toEqual({ applied: ['1'] })
  })
})

describe('what is sent', () => {
  test('may hold semicolons in $$ bodies, strings and comments', async () => {
    write(
      '1',
      `-- one; two
      create table a (note text default 'x;y');
      create function stamp() returns trigger language plpgsql as $$ begin new.note := 'a;b'; return new; end; $$;
      do $body$ begin perform 1; end; $body$;
      create trigger stamp before insert on a for each row execute function stamp();`,
    )
    await apply()
    expect(await query(`insert into a default values returning note`)).toEqual([{ note: 'a;b' }])
  })

  test('may set a search_path of its own without disturbing the next', async () => {
    write('1', `select set_config('search_path', '', false); create table public.a (id int)`)
    write('2', 'create table b (id int)')
    await apply()
    expect(await tables()).toEqual(['_prisma_migrations', 'a', 'b'])
  })
})

describe('a migration that fails', () => {
  test('is rolled back wholly, says where, and is tried again', async () => {
    write('1', 'create table a (id int)')
    write('2', "create table b (note text default '😀');\ninsert into b values ('é😀'); select\n  missing from b;")
    const error: unknown = await apply().catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(MigrationError)
    const message = /column "missing" does not exist \(42703\) at .*2\/migration\.sql:3:3; it was rolled back/
    expect(error).toMatchObject({ migration: '2', message: expect.stringMatching(message) })
    expect(await tables()).toEqual(['_prisma_migrations', 'a'])
    write('2', 'create table b (id int)')
    expect(await apply()).toEqual({ applied: ['2'] })
  })

  test('without a position names the file and what PostgreSQL adds', async () => {
    write('1', 'create table a (id int primary key); insert into a values (1), (1)')
    await expect(apply()).rejects.toThrow(
      /duplicate key .* \(23505\) at .*1\/migration\.sql; it was rolled back\n {2}Key \(id\)=\(1\) already exists\./,
    )
  })
})

test('of several processes at once one applies and the others wait', async () => {
  write('1', 'create table a (id int); select pg_sleep(0.2)')
  write('2', 'create table b (id int)')
  const results = await Promise.all([apply(), apply(), apply()])
  expect(results.map(({ applied }) => applied.length).toSorted((a, b) => a - b)).toEqual([0, 0, 2])
  const records = 'select migration_name as name from _prisma_migrations order by 1'
  expect(await query(records)).toEqual([{ name: '1' }, { name: '2' }])
})

test('a folder without its migration.sql is an error', async () => {
  mkdirSync(path.join(directory, '1'))
  await expect(apply()).rejects.toThrow('ENOENT')
})
