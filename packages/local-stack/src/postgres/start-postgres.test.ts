import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { isPostmaster, readPidFile } from './postmaster.ts'
import { startPostgres } from './start-postgres.ts'
import { removeWithServer, throwAwayFolder } from './throw-away-folder.ts'

let dataDir: string
const children: ChildProcess[] = []

beforeEach(() => {
  dataDir = throwAwayFolder()
})

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  await removeWithServer(dataDir)
})

async function query<Row extends pg.QueryResultRow>(connectionString: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString })
  // The query fails too when its server is killed, and says so.
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query<Row>(sql)).rows
  } finally {
    await client.end()
  }
}

/** Another Node that starts the same cluster; resolves with what it printed first. */
async function startInChild(): Promise<{ child: ChildProcess; pid: number; port: number }> {
  const module = pathToFileURL(path.join(import.meta.dirname, 'start-postgres.ts')).href
  const script = `import { startPostgres } from ${JSON.stringify(module)}
    const { pid, port } = await startPostgres({ dataDir: ${JSON.stringify(dataDir)} })
    console.log(JSON.stringify({ pid, port }))
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  children.push(child)
  const [printed] = (await once(child.stdout, 'data')) as [Buffer]
  return { child, ...(JSON.parse(printed.toString()) as { pid: number; port: number }) }
}

async function sleeper(): Promise<number> {
  const child = spawn(process.execPath, ['-e', 'console.log(1); setInterval(() => {}, 1000)'], { stdio: 'pipe' })
  children.push(child)
  await once(child.stdout, 'data')
  return child.pid!
}

describe('a cluster', () => {
  test('is made, stopped, and started again on the same port with the same data', async () => {
    const lines: string[] = []
    const first = await startPostgres({ dataDir, settings: { work_mem: '7MB' }, onLog: (line) => lines.push(line) })
    expect(first).toMatchObject({ host: '127.0.0.1', attached: false })
    await query(first.superuserUrl('postgres'), 'create table kept as select 1 as n')
    const settings = `select name, setting from pg_settings where name in ('fsync', 'jit', 'max_connections',
      'shared_buffers', 'synchronous_commit', 'unix_socket_directories', 'work_mem') order by name`
    const rows = await query<{ setting: string }>(first.superuserUrl('postgres'), settings)
    expect(rows.map(({ setting }) => setting)).toEqual(['on', 'off', '200', '16384', 'on', '', '7168'])
    await Promise.all([first.stop(), first.stop()])
    expect(isPostmaster(first.pid, path.join(dataDir, 'cluster'))).toBe(false)
    expect(lines.at(-1)).toContain('database system is shut down')

    const second = await startPostgres({ dataDir })
    expect(second.port).toBe(first.port)
    expect(await query(second.superuserUrl('postgres'), 'select n from kept')).toEqual([{ n: 1 }])
  })

  test('wants its password, and takes another port when its last one is taken', async () => {
    const first = await startPostgres({ dataDir, ephemeral: true })
    expect(statSync(path.join(dataDir, 'superuser.secret')).mode & 0o777).toBe(0o600)
    const guess = `postgresql://postgres:guess@127.0.0.1:${first.port}/postgres`
    await expect(query(guess, 'select 1')).rejects.toThrow('password authentication failed')
    await first.stop()
    const squatter = createServer().listen(first.port, '127.0.0.1')
    await once(squatter, 'listening')
    const second = await startPostgres({ dataDir, ephemeral: true })
    squatter.close()
    expect(second.port).not.toBe(first.port)
  })

  test('is started once by two calls at once', async () => {
    const options = { dataDir, ephemeral: true }
    const both = await Promise.all([startPostgres(options), startPostgres(options)])
    expect(both[0].pid).toBe(both[1].pid)
    expect(both.map(({ attached }) => Number(attached)).toSorted((a, b) => a - b)).toEqual([0, 1])
    expect(readdirSync(dataDir).filter((name) => name.startsWith('init-'))).toEqual([])
  })

  test('says what PostgreSQL said when it refuses to start', async () => {
    const wrong = startPostgres({ dataDir, ephemeral: true, settings: { shared_buffers: 'plenty' } })
    await expect(wrong).rejects.toThrow('invalid value for parameter "shared_buffers": "plenty"')
  })
})

describe('after a crash', () => {
  test('of Node, the next start attaches and can stop the server', async () => {
    const { child, pid, port } = await startInChild()
    child.kill('SIGKILL')
    await once(child, 'exit')
    const attached = await startPostgres({ dataDir })
    expect(attached).toMatchObject({ attached: true, pid, port })
    expect(await query(attached.superuserUrl('postgres'), 'select 1 as n')).toEqual([{ n: 1 }])
    await attached.stop()
    expect(isPostmaster(pid, path.join(dataDir, 'cluster'))).toBe(false)
    await expect(query(attached.superuserUrl('postgres'), 'select 1')).rejects.toThrow('ECONNREFUSED')
  })

  test('of the postmaster, the next start recovers what was committed', async () => {
    const first = await startPostgres({ dataDir })
    await query(first.superuserUrl('postgres'), 'create table kept as select 1 as n')
    // A session that computes for hours does not notice that its postmaster is gone.
    const endless = `select count(*) from generate_series(1, 1000000) as a, generate_series(1, 1000000) as b`
    const busy = query(first.superuserUrl('postgres'), endless).catch(() => 'cut')
    const active = `select from pg_stat_activity where query like 'select count%as b' and state = 'active'`
    await expect.poll(() => query(first.superuserUrl('postgres'), active)).toHaveLength(1)
    process.kill(first.pid, 'SIGKILL')
    const second = await startPostgres({ dataDir })
    expect(second.attached).toBe(false)
    expect(await busy).toBe('cut')
    expect(await query(second.superuserUrl('postgres'), 'select n from kept')).toEqual([{ n: 1 }])
  })

  const staleFiles = ['now belongs to another process', 'is missing']
  test.each(staleFiles)('of the machine, when the pid in the file %s', async (now) => {
    const first = await startPostgres({ dataDir, ephemeral: true })
    await first.stop()
    const other = async () => `${await sleeper()}\n${dataDir}/cluster\n1\n${first.port}\n\n127.0.0.1\n\nready\n`
    writeFileSync(path.join(dataDir, 'cluster', 'postmaster.pid'), now === 'is missing' ? '' : await other())
    const second = await startPostgres({ dataDir, ephemeral: true })
    expect(second.attached).toBe(false)
    expect(readPidFile(path.join(dataDir, 'cluster'))?.pid).toBe(second.pid)
  })

  test('of initdb, the next start begins anew', async () => {
    const starting = startInChild()
    starting.catch(() => {})
    await expect.poll(() => readdirSync(dataDir).some((name) => name.startsWith('init-')), { timeout: 5000 }).toBe(true)
    children[0]!.kill('SIGKILL')
    await once(children[0]!, 'exit')
    expect(readdirSync(dataDir)).not.toContain('cluster')

    const postgres = await startPostgres({ dataDir, ephemeral: true })
    expect(await query(postgres.superuserUrl('postgres'), 'select 1 as n')).toEqual([{ n: 1 }])
    expect(readdirSync(dataDir).filter((name) => name.startsWith('init-'))).toEqual([])
  })
})
