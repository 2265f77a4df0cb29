import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { root } from '@cartograph/local-stack'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runCommandLine } from '../src/command.ts'
import { type SmallShop, startSmallShop } from '../src/small-shop.ts'
import { rowsOf } from '../src/sql.ts'

const acme = path.join(root, 'clients/partners/acme')
let shop: SmallShop<'kettle'>

beforeAll(async () => {
  shop = await startSmallShop({ kettle: { title: 'Copper Kettle', price: 1_250, stock: 1 } })
})
afterAll(() => shop[Symbol.asyncDispose]())

/** The lines of `pnpm partner …`, as the demo shop's administrator. */
async function partner(args: string[], code = 0, environment: Record<string, string> = {}): Promise<string[]> {
  const command = runCommandLine(['partner', ...args], environment)
  expect(await command.ended, command.output()).toBe(code)
  return command
    .output()
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}
const count = async (table: string) => {
  const rows = await rowsOf<{ count: number }>(
    shop.postgres.superuserUrl('postgres'),
    'partners',
    `select count(*)::int as count from ${table}`,
  )
  return rows[0]!.count
}

test('pnpm partner takes a partner from nothing to a manifest that runs', { timeout: 120_000 }, async () => {
  const ofShop = ['--url', shop.url]
  expect(await partner(['list', ...ofShop])).toEqual([
    'There are no partners. To add one: pnpm partner create NAME --points N',
  ])
  expect(await partner(['publish', acme, ...ofShop], 1)).toEqual([
    'There is no partner "Acme". To add it: pnpm partner create Acme --points N',
  ])

  const scopes = ['--scopes', 'orders:fulfill,orders:read']
  const [created] = await partner(['create', 'Acme', '--points', '6000', ...scopes, ...ofShop])
  expect(created).toBe('Acme is a partner: 6,000 points a minute, orders:fulfill, orders:read.')
  await partner(['create', 'Acme', '--points', '6000', ...ofShop], 1)
  expect(await count('partner')).toBe(1)

  const [, secret] = await partner(['key', 'Acme', '--expires', '2099-12-31', ...ofShop])
  expect(secret).toMatch(/^pk_live_[\w-]+$/)

  const published = await partner(['publish', acme, ...ofShop])
  expect(published[0]).toMatch(
    /^Version 1 of Acme runs: 3 operations, \d+ points together, the dearest ProductFeed with \d+\.$/,
  )
  expect(published.at(-1)).toMatch(/^curl http:.*"documentId":"sha256:[\da-f]{64}"\}'$/)
  expect(await partner(['publish', acme, ...ofShop])).toEqual([
    'Nothing has changed: version 1 of Acme has these 3 operations.',
  ])
  expect(await count('manifest')).toBe(1)

  const [, listed] = await partner(['list', ...ofShop])
  expect(listed).toMatch(/^Acme +6000 {2}1 active +3 {2}pk_live_[\w-]+ {2}orders:fulfill, orders:read$/)
  expect(await partner(['usage', 'Acme', ...ofShop])).toEqual(['Acme ran nothing in the last 30 days.'])

  const checked = await partner(['check', acme, '--live', ...ofShop])
  expect(checked.filter((line) => line.startsWith('Acme'))).toEqual(['Acme: 3 operations', 'Acme (live): 3 operations'])
  expect(checked.filter((line) => /^ProductFeed +query +\d+$/.test(line))).toHaveLength(2)

  const [ended] = await partner(['key', 'Acme', '--revoke', 'pk_live_', ...ofShop])
  expect(ended).toMatch(/^pk_live_[\w-]+… of Acme has ended/)
  expect((await partner(['list', ...ofShop]))[1]).toMatch(/ {2}none +orders:fulfill, orders:read$/)
  expect(await partner(['key', 'Acne', ...ofShop], 1)).toEqual([
    'There is no partner "Acne", but Acme. To add it: pnpm partner create Acne --points N',
  ])
})

test(
  'pnpm partner publishes what fits into no request, and says what becomes of the version before',
  { timeout: 60_000 },
  async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'cartograph-partner-'))
    const filler = `# ${'x'.repeat(2_000)}\n`
    const publish = async (length: number) => {
      const bodies = Array.from(
        { length },
        (_, index) => `${filler}query Cursors${index} { products { edges { cursor } } }`,
      )
      writeFileSync(path.join(folder, 'partner.json'), JSON.stringify({ name: 'Bolt' }))
      writeFileSync(
        path.join(folder, 'manifest.json'),
        JSON.stringify(Object.fromEntries(bodies.map((body, index) => [`cursors-${index}`, body]))),
      )
      return partner(['publish', folder, '--sunset', '2099-12-31', '--url', shop.url])
    }
    try {
      await partner(['create', 'Bolt', '--points', '100', '--url', shop.url])
      expect((await publish(1))[0]).toMatch(/^Version 1 of Bolt runs: 1 operation, /)
      const lines = await publish(200)
      expect(lines.find((line) => line.startsWith('Storing'))).toMatch(/^Storing operations /)
      expect(lines.find((line) => line.startsWith('Version 2'))).toMatch(/^Version 2 of Bolt runs: 200 operations, /)
      expect(lines).toContain('Version 1 runs until 2099-12-31 00:00 UTC.')
      const checked = await partner(['check', folder, '--live', '--url', shop.url])
      expect(checked).toContain('Bolt (live): 200 operations')
    } finally {
      rmSync(folder, { recursive: true })
    }
  },
)

test('who may not manage partners is told so', { timeout: 60_000 }, async () => {
  const ada = { CARTOGRAPH_EMAIL: 'ada@example.com', CARTOGRAPH_PASSWORD: 'cartograph-demo' }
  const before = await count('partner')
  const [refused] = await partner(['create', 'Bolt', '--points', '10', '--url', shop.url], 1, ada)
  expect(refused).toMatch(/^The shop refused: /)
  expect(await count('partner')).toBe(before)
})
