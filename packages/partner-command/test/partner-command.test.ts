import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { documentIdOf } from '@cartograph/persisted-operations'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { runPartnerCommand } from '../src/run-partner-command.ts'
import { root } from './root.ts'
import { type ShopUnderTest, startShopUnderTest } from './shop-under-test.ts'

let shop: ShopUnderTest
let folder: string
let progress: string[]
const acme = path.join(root, 'clients/partners/acme')

beforeEach(async () => {
  shop = await startShopUnderTest()
  folder = mkdtempSync(path.join(os.tmpdir(), 'cartograph-partner-'))
  progress = []
})
afterEach(async () => {
  rmSync(folder, { recursive: true })
  await shop[Symbol.asyncDispose]()
})

/** Runs a command as on a terminal: a number of parts that were stored is noted in `progress`. */
function run(args: readonly string[], environment = {}) {
  const { length } = args
  return runPartnerCommand(length > 0 && args[0] !== 'check' ? [...args, '--url', shop.url] : args, {
    root,
    environment,
    now: () => new Date('2026-11-24T12:00:00Z'),
    progress: {
      step: () => {},
      bar: (label, total) => ({
        advance: (by) => void progress.push(`${label}: ${by} of ${total}`),
        done: (note) => void progress.push(`done ${note}`),
      }),
    },
  })
}
const linesOf = async (...args: string[]) => (await run(args)).lines
const failureOf = (...args: string[]) =>
  run(args).then(
    () => 'nothing',
    ({ message }: Error) => message,
  )

/** A partner's folder with these documents. */
function folderOf(name: string, documents: readonly string[], scopes: readonly string[] = []): string {
  const operations = Object.fromEntries(documents.map((body) => [documentIdOf(body), body]))
  writeFileSync(path.join(folder, 'partner.json'), JSON.stringify({ name, scopes }))
  writeFileSync(path.join(folder, 'manifest.json'), JSON.stringify(operations))
  return folder
}
const feed = 'query Feed { products(first: 3) { edges { node { title } } } }'
const product = 'query One($id: ID!) { product(id: $id) { title } }'

describe('pnpm partner create', () => {
  test('adds a partner, says what is next, and leaves no session behind', async () => {
    expect(await linesOf('create', 'Acme', '--points', '6000', '--scopes', 'orders:fulfill, orders:read')).toEqual([
      'Acme is a partner: 6,000 points a minute, orders:fulfill, orders:read.',
      '',
      'What it sends with each request:  pnpm partner key Acme',
      'What it may ask for:              pnpm partner publish DIR',
    ])
    expect(shop.partners).toMatchObject([
      { name: 'Acme', pointsPerMinute: 6000, scopes: ['orders:fulfill', 'orders:read'] },
    ])
    expect(shop.requests.map(({ name }) => name)).toEqual([
      'PartnerCommandSignIn',
      'PartnerCreate',
      'PartnerCommandSignOut',
    ])
  })

  test.each([
    [['create'], 'One NAME is needed. Usage: pnpm partner create NAME'],
    [['create', 'A', 'B', '--points', '1'], 'One NAME is needed.'],
    [['create', 'A'], '--points is missing. Usage: pnpm partner create NAME'],
    [
      ['create', 'A', '--points', 'many'],
      '--points takes a whole number, what a partner may spend in a minute, not "many".',
    ],
    [['create', 'A', '--days', '3'], "Unknown option '--days'"],
    [['key', 'A', '--expires', '2026-02-30'], '--expires takes a date like 2026-12-31'],
    [['key', 'A', '--expires', '2027-01-01', '--revoke', 'pk'], 'Give --expires or --revoke, not both.'],
    [['usage', 'A', '--days', '91'], '--days takes a whole number from 1 to 90, not "91".'],
    [['list', 'A'], 'That is too much for "list".'],
    [['publish'], 'DIR is missing. Usage: pnpm partner publish DIR'],
    [['publish', 'nowhere'], `DIR: there is no folder ${path.resolve('nowhere')}.`],
    [['remove', 'A'], 'There is no "remove". Usage: pnpm partner create | key | publish | list | usage | check'],
  ])('%j is refused before anything is asked', async (args, complaint) => {
    expect(await failureOf(...args)).toContain(complaint)
    expect(shop.requests).toEqual([])
  })

  test('what the shop refuses is a sentence, and nothing has changed', async () => {
    await run(['create', 'Acme', '--points', '10'])
    expect(await failureOf('create', 'Acme', '--points', '20')).toBe('The shop refused: There is a Acme.')
    expect(shop.partners).toMatchObject([{ pointsPerMinute: 10 }])
  })
})

describe('pnpm partner key', () => {
  beforeEach(() => run(['create', 'Acme', '--points', '10']))

  test('shows the secret once, alone on a line', async () => {
    expect(await linesOf('key', 'Acme', '--expires', '2026-12-31')).toEqual([
      'A key of Acme, shown this once: only its hash is kept. It ends at 2026-12-31 00:00 UTC.',
      '',
      'pk_live_aaaa_the_rest',
      '',
      'It is sent as "authorization: Bearer pk_live_…". What may be asked for with it: pnpm partner publish DIR',
    ])
    expect((await linesOf('key', 'Acme'))[0]).toBe(
      'A key of Acme, shown this once: only its hash is kept. It has no end.',
    )
  })

  test('ends one by its prefix or its id, and names those there are where it cannot tell which', async () => {
    await run(['key', 'Acme'])
    await run(['key', 'Acme'])
    expect(await failureOf('key', 'Acme', '--revoke', 'pk_live_')).toBe(
      'More than one key of Acme begins with "pk_live_". There are: pk_live_aaaa, pk_live_bbbb.',
    )
    expect(await failureOf('key', 'Acme', '--revoke', 'x')).toBe(
      'No key of Acme begins with "x". There are: pk_live_aaaa, pk_live_bbbb.',
    )
    expect(shop.partners[0]!.keyRows.map(({ revokedAt }) => revokedAt)).toEqual([null, null])
    expect(await linesOf('key', 'Acme', '--revoke', 'pk_live_b')).toEqual([
      'pk_live_bbbb… of Acme has ended: gateways refuse it within a second.',
    ])
    await run(['key', 'Acme', '--revoke', 'key_1'])
    expect(await failureOf('key', 'Acme', '--revoke', 'pk_live_b')).toBe('Acme has no key that could be ended.')
  })

  test('of an unknown partner lists all that there are, of every page', async () => {
    await run(['create', 'Bolt', '--points', '10'])
    await run(['create', 'Cask', '--points', '10'])
    expect(await failureOf('key', 'Acne')).toBe(
      'There is no partner "Acne", but Acme, Bolt, Cask. To add it: pnpm partner create Acne --points N',
    )
  })
})

describe('pnpm partner publish', () => {
  beforeEach(() => run(['create', 'Acme', '--points', '10']))

  test('publishes, says what it costs and how to ask, and the same again changes nothing', async () => {
    expect(await linesOf('publish', folderOf('Acme', [feed, product]))).toEqual([
      'Version 1 of Acme runs: 2 operations, 8 points together, the dearest Feed with 7.',
      '',
      'To ask for one, with a key (pnpm partner key Acme):',
      '',
      `curl ${shop.url} -H 'content-type: application/json' -H 'authorization: Bearer pk_live_…' -d '{"documentId":"${documentIdOf(feed)}"}'`,
    ])
    expect(await linesOf('publish', folder)).toEqual(['Nothing has changed: version 1 of Acme has these 2 operations.'])
    expect(shop.partners[0]!.manifestRows).toHaveLength(1)
    expect(shop.requests.some(({ name }) => name === 'PersistedOperationsAdd')).toBe(false)

    const [version, previous] = await linesOf('publish', folderOf('Acme', [product]), '--sunset', '2026-12-24')
    expect(version).toBe('Version 2 of Acme runs: 1 operation, 1 point together, the dearest One with 1.')
    expect(previous).toBe('Version 1 runs until 2026-12-24 00:00 UTC.')
  })

  test('of a manifest that fits into no request stores parts first, each small enough, and shows how far it is', async () => {
    const filler = `# ${'x'.repeat(2_000)}\n`
    const many = Array.from(
      { length: 200 },
      (_, index) => `${filler}query Feed${index} { products(first: 3) { edges { node { title } } } }`,
    )
    await run(['publish', folderOf('Acme', many)])
    const sent = shop.requests.filter(({ name }) => /^(Persisted|Manifest)/.test(name))
    expect(sent.map(({ name }) => name)).toEqual([
      'PersistedOperationsAdd',
      'PersistedOperationsAdd',
      'PersistedOperationsAdd',
      'ManifestPublish',
    ])
    expect(sent.map(({ bytes }) => bytes < 190 * 1024)).toEqual([true, true, true, true])
    expect(sent[3]!.bytes).toBeLessThan(20 * 1024)
    expect(progress.at(-1)).toBe('done in 3 parts')
    expect(shop.partners[0]!.manifestRows[0]!.all).toHaveLength(200)
  })

  test('sends nothing of a manifest that does not fit what the tree composes', async () => {
    shop.requests.length = 0
    const broken = 'query Broken { products { edges { node { titel } } } }'
    const { lines, problems } = await run(['publish', folderOf('Acme', [feed, broken])])
    expect(lines).toEqual([])
    expect(problems).toEqual([
      'Nothing was sent:',
      'Acme: Broken at Product.titel: Cannot query field "titel" on type "Product". Did you mean "title"?',
    ])
    expect(shop.requests).toEqual([])
  })

  test('lists what the shop refuses by name, id and reason, and the scopes that the partner lacks there', async () => {
    shop.refusal = [
      {
        __typename: 'InvalidOperationError',
        code: 'OPERATION_INVALID',
        message: 'Cannot query field "orders" on type "Query".',
        operationId: documentIdOf(feed),
        operationName: 'Feed',
      },
      { __typename: 'ValidationError', code: 'OUT_OF_RANGE', message: 'That is in the past.' },
    ]
    const { problems } = await run(['publish', folderOf('Acme', [feed], ['orders:read'])])
    expect(problems).toEqual([
      'Nothing was published:',
      `Feed (${documentIdOf(feed)}): Cannot query field "orders" on type "Query".`,
      'That is in the past.',
      'In the shop Acme lacks orders:read, which its partner.json asks for.',
    ])
    expect(shop.partners[0]!.manifestRows).toEqual([])
  })

  test('more than a manifest can have is refused unsent', async () => {
    shop.requests.length = 0
    const many = Array.from({ length: 1_001 }, (_, index) => `query Q${index} { products { edges { cursor } } }`)
    expect(await failureOf('publish', folderOf('Acme', many))).toBe(
      'The manifest of Acme has 1,001 operations; at most 1,000 can be published together.',
    )
    expect(shop.requests).toEqual([])
  })
})

describe('pnpm partner list and usage', () => {
  test('say that there is nothing, and how to begin', async () => {
    expect(await linesOf('list')).toEqual(['There are no partners. To add one: pnpm partner create NAME --points N'])
    expect(await failureOf('usage', 'Acme')).toBe(
      'There is no partner "Acme". To add it: pnpm partner create Acme --points N',
    )
  })

  test('list partners of every page, with the keys that are live', async () => {
    for (const name of ['Acme', 'Bolt', 'Cask'])
      await run(['create', name, '--points', '6000', '--scopes', 'orders:read'])
    await run(['publish', folderOf('Acme', [feed])])
    await run(['key', 'Acme'])
    await run(['key', 'Acme', '--expires', '2026-11-24T12:00:01Z'])
    await run(['key', 'Bolt', '--expires', '2026-11-24T12:00:00Z'])
    await run(['key', 'Cask'])
    await run(['key', 'Cask', '--revoke', 'pk_live_a'])
    expect(await linesOf('list')).toEqual([
      'partner  points/min  version   operations  keys                        scopes',
      'Acme           6000  1 active           1  pk_live_aaaa, pk_live_bbbb  orders:read',
      'Bolt           6000  none               0  none                        orders:read',
      'Cask           6000  none               0  none                        orders:read',
    ])
  })

  test('sum up what was run, the dearest first', async () => {
    await run(['create', 'Acme', '--points', '10'])
    expect(await linesOf('usage', 'Acme', '--days', '1')).toEqual(['Acme ran nothing today.'])
    const day = (operationId: string, name: string, date: string, calls: number, errors: number, points: number) => ({
      operationId,
      name,
      day: `${date}T00:00:00.000Z`,
      calls,
      errors,
      points,
    })
    shop.partners[0]!.usage.push(
      day('sha256:11111111aa', 'One', '2026-11-24', 2, 0, 2),
      day('sha256:22222222aa', 'Feed', '2026-11-24', 3, 1, 21),
      day('sha256:22222222aa', 'Feed', '2026-11-23', 1000, 0, 7000),
    )
    expect(await linesOf('usage', 'Acme')).toEqual([
      'What Acme ran in the last 30 days, in UTC:',
      '',
      'operation  id               calls  errors  points  last',
      'Feed       sha256:22222222   1003       1    7021  2026-11-24',
      'One        sha256:11111111      2       0       2  2026-11-24',
      'together                     1005       1    7023',
    ])
  })
})

describe('pnpm partner check', () => {
  test('prices every partner of the repository, and asks no shop', async () => {
    const { lines, problems } = await run(['check'])
    expect(problems).toEqual([])
    expect(lines.slice(0, 3)).toEqual(['Acme: 3 operations', '', 'operation    type      cost'])
    expect(lines[3]).toMatch(/^ProductFeed {2}query {6} *\d+$/)
    expect(shop.requests).toEqual([])
  })

  test('names the partner, the operation and the field that breaks, and what is beyond a limit', async () => {
    const dear =
      'query Dear { products(first: 100) { edges { node { variants { availability { status } product { variants { id price { amount } } } } } } } }'
    const { lines, problems } = await run([
      'check',
      acme,
      folderOf('Bolt', ['query Orders { orders { edges { node { number } } } }', feed, dear]),
    ])
    expect(lines.slice(6)).toEqual([
      '',
      'Bolt: 3 operations',
      '',
      'operation  type     cost',
      'Orders     query  breaks',
      'Feed       query       7',
      'Dear       query  breaks',
    ])
    expect(problems).toEqual([
      'Bolt: Orders at Query.orders: Cannot query field "orders" on type "Query". Did you mean "order"?',
      expect.stringMatching(/^Bolt: Dear: It costs \d+, and no operation may cost more than 5000\.$/),
    ])
  })

  test('--live also checks all that runs in the shop, of every page and version, and nothing that is retired', async () => {
    await run(['create', 'Acme', '--points', '10'])
    await run(['create', 'Bolt', '--points', '10'])
    await run(['create', 'Cask', '--points', '10'])
    const feeds = ['A', 'B', 'C'].map((name) => feed.replace('Feed', `Feed${name}`))
    await run(['publish', folderOf('Cask', [product])])
    await run(['publish', folderOf('Cask', [feed, ...feeds.slice(0, 2)])])
    await run(['publish', folderOf('Cask', [feed, ...feeds])])
    const { manifestRows } = shop.partners[2]!
    Object.assign(manifestRows[2]!, { status: 'RETIRED' })
    const gone = {
      id: 'gone',
      name: 'Gone',
      type: 'QUERY',
      body: 'query Gone { products { edges { node { subtitle } } } }',
    }
    Object.assign(manifestRows[1]!, { all: [...manifestRows[1]!.all, gone] })
    const { lines, problems } = await run(['check', acme, '--live', '--url', shop.url])
    expect(lines.slice(6)).toEqual([
      '',
      'Cask (live): 5 operations',
      '',
      'operation  type     cost',
      'Feed       query       7',
      'FeedA      query       7',
      'FeedB      query       7',
      'FeedC      query       7',
      'Gone       query  breaks',
    ])
    expect(problems).toEqual([
      'Cask (live): Gone at Product.subtitle: Cannot query field "subtitle" on type "Product". Did you mean "title"?',
    ])
  })

  test('of a shop that is named without --live is refused', async () => {
    expect(await failureOf('check', '--url', shop.url)).toContain('--url is for --live.')
  })
})

test('a break that is agreed to in gateway/api-breaks.txt is told of what runs live, and no problem', async () => {
  for (const file of ['supergraph.yaml', 'subgraphs', 'gateway'])
    cpSync(path.join(root, file), path.join(folder, file), {
      recursive: true,
      filter: (source) => !/node_modules|\/(src|test|prisma|dist)$/.test(source) || /gateway\/src/.test(source),
    })
  writeFileSync(path.join(folder, 'gateway/api-breaks.txt'), 'Product.subtitle  2026-11-24  Nobody asks for it.\n')
  await run(['create', 'Acme', '--points', '10'])
  const body = 'query Gone { products { edges { node { subtitle } } } }'
  const all = [{ id: 'gone', name: 'Gone', type: 'QUERY', body }]
  shop.partners[0]!.manifestRows.push({ id: 'm', version: 1, status: 'ACTIVE', sunsetAt: null, all })
  const { lines, problems } = await runPartnerCommand(['check', acme, '--live', '--url', shop.url], {
    root: folder,
    environment: {},
    now: () => new Date(),
    progress: { step: () => {}, bar: () => ({ advance: () => {}, done: () => {} }) },
  })
  expect(problems).toEqual([])
  expect(lines.at(-1)).toMatch(/^Acme \(live\): Gone at Product\.subtitle: .* Agreed to: Nobody asks for it\.$/)
})
