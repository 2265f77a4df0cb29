import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { removeWithServer, throwAwayFolder } from '@cartograph/local-stack/throw-away-folder'
import { eventually } from '@cartograph/test-kit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runCommandLine, type RunningCommand } from '../src/command.ts'
import { ask, customerOf, exampleOperation, signIn } from '../src/shop-client.ts'

let dataDir: string
beforeAll(() => {
  dataDir = throwAwayFolder()
})
afterAll(() => removeWithServer(dataDir))

const ready = /graphql\s+(http:\/\/\S+)/

/** Process ids of the shop's group and its database server that are still there. */
function processesLeft(group: number, postmaster: number): number[] {
  return [group, postmaster].filter((pid) => {
    try {
      process.kill(pid === group ? -pid : pid, 0)
      return !isZombie(pid)
    } catch {
      return false
    }
  })
}

/** Ended, and only waiting for whoever adopted it to notice. */
function isZombie(pid: number): boolean {
  return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.startsWith('Z')
}

const postmasterPid = () =>
  Number(readFileSync(path.join(dataDir, 'postgres/cluster/postmaster.pid'), 'utf8').split('\n')[0])

async function start(...args: string[]): Promise<{ shop: RunningCommand; url: string }> {
  const shop = runCommandLine(['start', '--port', '0', '--data-dir', dataDir, ...args])
  const [, url] = await shop.untilOutput(ready)
  return { shop, url: url! }
}

async function pressCtrlC({ child, ended }: RunningCommand): Promise<number | string> {
  process.kill(-child.pid!, 'SIGINT')
  return ended
}

describe('pnpm start', { timeout: 120_000 }, () => {
  test('makes a demo shop, says where it is and who to be, and answers the query that joins everything', async () => {
    const { shop, url } = await start()
    for (const part of [
      'customer@example.com',
      'admin@example.com',
      'cartograph-demo',
      'Filling the demo shop',
      'curl',
    ])
      expect(shop.output()).toContain(part)
    const headers = await signIn(url, customerOf.demo)
    const { data, errors } = await ask<{ viewer: { cart: { lines: unknown[] }; orders: { edges: unknown[] } } }>(
      url,
      exampleOperation('1-everything.graphql'),
      {},
      headers,
    )
    expect(errors).toBeUndefined()
    expect(data.viewer.cart.lines).toHaveLength(3)
    expect(data.viewer.orders.edges).toHaveLength(5)
    const postmaster = postmasterPid()
    expect(await pressCtrlC(shop)).toBe(0)
    expect(processesLeft(shop.child.pid!, postmaster)).toEqual([])
  })

  test('just works after kill -9, with a process per service too', async () => {
    const first = await start('--processes')
    process.kill(first.shop.child.pid!, 'SIGKILL')
    await first.shop.ended
    const { shop, url } = await start()
    expect((await ask(url, '{ products(first: 1) { totalCount } }')).data).toEqual({ products: { totalCount: 400 } })
    const postmaster = postmasterPid()
    expect(await pressCtrlC(shop)).toBe(0)
    expect(processesLeft(shop.child.pid!, postmaster)).toEqual([])
    // The services of the killed shop ended with it.
    await eventually(() => expect(processesLeft(first.shop.child.pid!, postmaster)).toEqual([]))
  })

  test('says in one sentence that a shop runs there already', async () => {
    const { shop } = await start()
    const second = runCommandLine(['start', '--port', '0', '--data-dir', dataDir])
    expect(await second.ended).toBe(1)
    expect(second.output().trim()).toBe(
      `A shop runs on ${dataDir} already, or is being loaded; wait, stop it, or choose another folder with --data-dir.`,
    )
    expect(await pressCtrlC(shop)).toBe(0)
  })
})

describe('--fresh', { timeout: 120_000 }, () => {
  test('removes a shop, and nothing that is not a shop', async () => {
    const folder = throwAwayFolder()
    writeFileSync(path.join(folder, 'thesis.txt'), 'years of work')
    const refused = runCommandLine(['start', '--fresh', '--empty', '--port', '0', '--data-dir', folder])
    expect(await refused.ended).toBe(1)
    expect(refused.output().trim()).toBe(`${folder} holds no shop; --fresh removes nothing there.`)
    expect(readFileSync(path.join(folder, 'thesis.txt'), 'utf8')).toBe('years of work')
    await removeWithServer(folder)

    const empty = await start('--fresh', '--empty')
    expect((await ask(empty.url, '{ products(first: 1) { totalCount } }')).data).toEqual({
      products: { totalCount: 0 },
    })
    expect(await pressCtrlC(empty.shop)).toBe(0)
  })

  test('Ctrl-C while the shop is being filled leaves no process behind, and the next start completes it', async () => {
    const interrupted = runCommandLine(['start', '--fresh', '--port', '0', '--data-dir', dataDir])
    await interrupted.untilOutput(/Filling the demo shop/)
    const postmaster = postmasterPid()
    expect(await pressCtrlC(interrupted)).toBe(0)
    expect(processesLeft(interrupted.child.pid!, postmaster)).toEqual([])
    const { shop, url } = await start()
    expect((await ask(url, '{ products(first: 1) { totalCount } }')).data).toEqual({ products: { totalCount: 400 } })
    expect(await pressCtrlC(shop)).toBe(0)
  })
})

describe('what start cannot do, it says in one sentence', () => {
  test('a port in use', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const shop = runCommandLine(['start', '--port', String(port), '--data-dir', dataDir])
    expect(await shop.ended).toBe(1)
    expect(shop.output().trim()).toBe(`Port ${port} is in use; choose another with --port.`)
    server.close()
  })

  test.each([
    [['--port', 'http'], '--port takes a number from 0 to 65535, not "http".'],
    [['--prot', '4000'], /^Unknown option '--prot'\. Usage: pnpm start /],
  ])('%j', async (args, message) => {
    const shop = runCommandLine(['start', '--data-dir', dataDir, ...args])
    expect(await shop.ended).toBe(1)
    expect(shop.output().trim()).toMatch(message)
  })

  test('a broken environment variable', async () => {
    const shop = runCommandLine(['start', '--port', '0', '--data-dir', dataDir], { LOG_LEVEL: 'loud' })
    expect(await shop.ended).toBe(1)
    expect(shop.output().trim()).toMatch(/^The environment is not usable: LOG_LEVEL: /)
  })
})
