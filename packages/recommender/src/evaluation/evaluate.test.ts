import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'

const root = path.resolve(import.meta.dirname, '../../../..')
const folder = mkdtempSync(path.join(os.tmpdir(), 'evaluate-'))
const orders = path.join(folder, 'orders.csv')
const sequences = path.join(folder, 'sequences.txt')
const out = path.join(folder, 'out.csv')
beforeEach(() => {
  for (const name of readdirSync(folder)) rmSync(path.join(folder, name), { recursive: true })
})
afterAll(() => rmSync(folder, { recursive: true }))

interface Ended {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs the command as a person does, from the folder of the files. */
function evaluate(...args: string[]): Promise<Ended> {
  const command = [path.join(root, 'bin', 'cartograph.mjs'), 'evaluate', ...args]
  const options = { cwd: folder, env: { ...process.env, INIT_CWD: folder } }
  return new Promise((resolve) => {
    execFile(process.execPath, command, options, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr })
    })
  })
}

async function refusal(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await evaluate(...args)
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  return stderr.trim().replaceAll(`${folder}/`, '')
}

const HEADER = 'invoice,placed_at,customer,sku,quantity'
const GOOD = [
  HEADER,
  '1,2011-01-01 10:00:00,a,A,1',
  '1,2011-01-01 10:00:00,a,B,2',
  '2,2011-02-01 10:00:00,a,A,1',
  '3,2011-01-05 10:00:00,b,B,1',
  '3,2011-01-05 10:00:00,b,C,1.5',
  '4,2011-01-06,c,A,1',
  '5,2011-03-02,a,A,1',
  '5,2011-03-02,a,C,1',
  '6,2011-03-01T01:00:00+01:00,b,B,1',
  '6,2011-03-01T01:00:00+01:00,b,D,1',
  '7,2011-03-03,d,A,1',
  '8,2011-03-05,a,B,1',
  '',
].join('\n')

const withoutTimes = (stdout: string): string[] => stdout.split('\n').filter((line) => !line.startsWith('  Fitting: '))

describe('pnpm evaluate --orders', { timeout: 60_000 }, () => {
  // Sold before March: A in three orders, B in two, C in one. Asked of a are A and C, of b is B (D is new to everybody);
  // for discovery of a alone is C. Customer d is new, and c never comes again.
  const first = (1 + 1 / Math.log2(4)) / (1 + 1 / Math.log2(3))
  const tables = [
    '',
    '  orders.csv: 12 lines, 8 orders, 4 customers, 4 items; cutoff 2011-03-01T00:00:00.000Z; scored customers 2 (next basket), 1 (never bought before)',
    '',
    '  Next basket, 2 customers',
    '  model                     NDCG@10  recall@10  hit rate@10  coverage',
    '  most bought                0.7753     1.0000       1.0000    1.0000',
    '  personal frequency         0.9599     1.0000       1.0000    1.0000',
    '  ItemKNN                    1.0000     1.0000       1.0000    1.0000',
    '  EASE (most bought 4,000)   0.9599     1.0000       1.0000    1.0000',
    '  Cartograph, buy again      0.8066     0.7500       1.0000    1.0000',
    '  Cartograph, next basket    0.9599     1.0000       1.0000    1.0000',
    '  ours: Cartograph, buy again -19.3 % NDCG@10 against ItemKNN',
    '  ours: Cartograph, next basket -4.0 % NDCG@10 against ItemKNN',
    '',
    '  Never bought before, 1 customer',
    '  model                     NDCG@10  recall@10  hit rate@10  coverage',
    '  most bought                1.0000     1.0000       1.0000    0.3333',
    '  ItemKNN                    1.0000     1.0000       1.0000    0.3333',
    '  EASE (most bought 4,000)   1.0000     1.0000       1.0000    0.3333',
    '  what goes together         1.0000     1.0000       1.0000    0.3333',
    '  what follows what          1.0000     1.0000       1.0000    0.3333',
    '  Cartograph, discover       1.0000     1.0000       1.0000    0.3333',
    '  ours: Cartograph, discover +0.0 % NDCG@10 against most bought',
    '',
    '',
    '',
  ]

  test('prints tables, and what fitting took, and nothing else', async () => {
    writeFileSync(orders, GOOD)
    const { code, stdout, stderr } = await evaluate('--orders', 'orders.csv', '--cutoff', '2011-03-01')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(withoutTimes(stdout)).toEqual(tables)
    expect(stdout).toMatch(
      /\n {2}Fitting: most bought \d+\.\d s, personal frequency \d+\.\d s, ItemKNN \d+\.\d s, EASE \(most bought 4,000\) \d+\.\d s, Cartograph, buy again \d+\.\d s, Cartograph, next basket 0\.0 s, what goes together 0\.0 s, what follows what 0\.0 s, Cartograph, discover 0\.0 s; peak RSS \d+ MiB\n/,
    )
    expect(readdirSync(folder)).toEqual(['orders.csv'])
  })

  test('prints the same of a packed file in any order, and writes it as JSON', async () => {
    const [header, ...lines] = GOOD.trim().split('\n')
    writeFileSync(orders, gzipSync([header, ...lines.toReversed()].join('\n')))
    const json = path.join(folder, 'report.json')
    const { code, stdout } = await evaluate('--orders', orders, '--cutoff', '2011-03-01T00:00:00Z', '--json', json)
    expect(code).toBe(0)
    expect(withoutTimes(stdout)).toEqual(tables)
    const report = JSON.parse(readFileSync(json, 'utf8'))
    const full = { kind: 'baseline', recall: 1, hitRate: 1, coverage: 1 }
    // B, bought once, alone is asked of b; of a, who is asked of A and C, only A was bought before.
    const bought = expect.closeTo((1 / (1 + 1 / Math.log2(3)) + 1) / 2, 14)
    const second = expect.closeTo((first + 1 / Math.log2(3)) / 2, 14)
    expect(report).toEqual({
      protocol: 'temporal-split',
      file: 'orders.csv',
      lines: 12,
      orders: 8,
      customers: 4,
      items: 4,
      cutoff: { at: '2011-03-01T00:00:00.000Z', isGiven: true },
      questions: [
        {
          question: 'next-basket',
          customers: 2,
          scores: [
            { ...full, name: 'most bought', ndcg: second },
            { ...full, name: 'personal frequency', ndcg: expect.closeTo((first + 1) / 2, 14) },
            { ...full, name: 'ItemKNN', ndcg: 1 },
            { ...full, name: 'EASE (most bought 4,000)', ndcg: expect.closeTo((first + 1) / 2, 14) },
            { ...full, name: 'Cartograph, buy again', kind: 'served', ndcg: bought, recall: 0.75 },
            { ...full, name: 'Cartograph, next basket', kind: 'served', ndcg: expect.closeTo((first + 1) / 2, 14) },
          ],
          advantages: [
            { name: 'Cartograph, buy again', baseline: 'ItemKNN', percent: expect.closeTo(-19.3426, 4) },
            { name: 'Cartograph, next basket', baseline: 'ItemKNN', percent: expect.closeTo(-4.014, 4) },
          ],
        },
        {
          question: 'discovery',
          customers: 1,
          scores: [
            { name: 'most bought', kind: 'baseline' },
            { name: 'ItemKNN', kind: 'baseline' },
            { name: 'EASE (most bought 4,000)', kind: 'baseline' },
            { name: 'what goes together', kind: 'part' },
            { name: 'what follows what', kind: 'part' },
            { name: 'Cartograph, discover', kind: 'served' },
          ].map((row) => ({ ...full, ...row, ndcg: 1, coverage: 1 / 3 })),
          advantages: [{ name: 'Cartograph, discover', baseline: 'most bought', percent: 0 }],
        },
      ],
      fitting: [
        'most bought',
        'personal frequency',
        'ItemKNN',
        'EASE (most bought 4,000)',
        'Cartograph, buy again',
        'Cartograph, next basket',
        'what goes together',
        'what follows what',
        'Cartograph, discover',
      ].map((name) => ({ name, seconds: expect.any(Number) })),
      peakRssBytes: expect.any(Number),
    })
  })

  test('cuts after 90 % of the time span, and says so', async () => {
    const rows = ['1,2011-01-01,a,A,1', '2,2011-01-09 23:59:59,b,A,1', '3,2011-01-10,a,A,1', '4,2011-01-11,b,A,1']
    writeFileSync(orders, [HEADER, ...rows].join('\n'))
    const { code, stdout } = await evaluate('--orders', orders)
    expect(code).toBe(0)
    expect(stdout).toContain(
      '; cutoff 2011-01-10T00:00:00.000Z (90 % of the time span); scored customers 2 (next basket), 0',
    )
    expect(stdout).toContain('\n  Never bought before, 0 customers\n  nobody to score\n')
  })

  test.each<[string, string, string]>([
    [
      'a wrong date',
      '9,2011-02-30,a,A,1',
      'placed_at "2011-02-30" is not a date or a time such as 2010-12-01 or 2010-12-01T08:26:00Z',
    ],
    ['a negative quantity', '9,2011-02-03,a,A,-1', 'quantity "-1" is not a number above zero'],
    ['no units', '9,2011-02-03,a,A,0.0', 'quantity "0.0" is not a number above zero'],
    ['a blank quantity', '9,2011-02-03,a,A,', 'quantity "" is not a number above zero'],
    ['words for a quantity', '9,2011-02-03,a,A,1e3', 'quantity "1e3" is not a number above zero'],
    ['an unknown customer', '9,2011-02-03, ,A,1', 'unknown customer: customer is empty'],
    ['no SKU', '9,2011-02-03,a,,1', 'sku is empty'],
    ['no invoice', ',2011-02-03,a,A,1', 'invoice is empty'],
    ['a cell too few', '9,2011-02-03,a,A', 'expected 5 columns, found 4'],
    ['an open quote', '9,2011-02-03,a,"A,1', 'the quotes do not match'],
    ['an invoice of two customers', '8,2011-03-05,b,A,1', 'invoice "8" is of customer "b" here and of "a" in line 13'],
  ])('refuses a file with %s by its line, and writes nothing', async (_, line, reason) => {
    writeFileSync(orders, `${GOOD}${line}\n`)
    writeFileSync(out, 'before')
    const json = path.join(folder, 'report.json')
    const message = `The file is refused:\n  orders.csv:14: ${reason}`
    expect(await refusal('--orders', orders, '--json', json)).toBe(message)
    expect(await refusal('--orders', orders, '--rank', out, '--surface', 'discover')).toBe(message)
    expect(readFileSync(out, 'utf8')).toBe('before')
    expect(readdirSync(folder)).toEqual(['orders.csv', 'out.csv'])
  })

  test('shows ten wrong lines in their order, and how many more there are', async () => {
    writeFileSync(orders, `${HEADER}\n${'9,2011-02-03,a,A,0\n9,2011-02-03,"a,A,0\n'.repeat(6)}`)
    const [heading, ...shown] = (await refusal('--orders', orders)).split('\n  ')
    expect(heading).toBe('The file is refused:')
    expect(shown.map((line) => line.split(': ')[0])).toEqual([
      ...Array.from({ length: 10 }, (_, at) => `orders.csv:${at + 2}`),
      'and 2 more',
    ])
  })

  test.each<[string, string | Buffer, string]>([
    ['is empty', '', 'orders.csv is empty.'],
    ['has a header alone', `${HEADER}\n`, 'orders.csv has a header and no orders.'],
    [
      'lacks a column',
      'invoice,placed_at,customer,quantity\n1,2011-01-01,a,1\n',
      'The first line of orders.csv names no column "sku", but "invoice", "placed_at", "customer", "quantity".',
    ],
    ['is cut short', gzipSync(GOOD).subarray(0, -20), 'Cannot read orders.csv: unexpected end of file.'],
    [
      'is no gzip after its first bytes',
      Buffer.from('1f8b00000000', 'hex'),
      'Cannot read orders.csv: unknown compression method.',
    ],
  ])('refuses a file that %s', async (_, content, sentence) => {
    writeFileSync(orders, content)
    expect(await refusal('--orders', orders, '--rank', out, '--surface', 'discover')).toBe(sentence)
    expect(existsSync(out)).toBe(false)
  })

  test('refuses what is no file, or not there', async () => {
    mkdirSync(orders)
    expect(await refusal('--orders', orders)).toBe('--orders: orders.csv is not a file.')
    expect(await refusal('--orders', `${orders}x`)).toBe('--orders: there is no file orders.csvx.')
  })

  test('refuses a cutoff that is none, or leaves nothing to learn from or to ask', async () => {
    writeFileSync(orders, GOOD)
    const span = 'orders.csv goes from 2011-01-01T10:00:00.000Z to 2011-03-05T00:00:00.000Z.'
    expect(await refusal('--orders', orders, '--cutoff', '2011-02-30')).toBe(
      '--cutoff takes a date or a time such as 2010-12-01 or 2010-12-01T08:26:00Z, not "2011-02-30".',
    )
    for (const rank of [[], ['--rank', out, '--surface', 'buy-again']]) {
      expect(await refusal('--orders', orders, '--cutoff', '2011-01-01 10:00:00', ...rank)).toBe(
        `No order was placed before 2011-01-01T10:00:00.000Z; ${span}`,
      )
    }
    expect(await refusal('--orders', orders, '--cutoff', '2012-01-01')).toBe(
      `No customer has an order before 2012-01-01T00:00:00.000Z and one from then on; ${span}`,
    )
    expect(readdirSync(folder)).toEqual(['orders.csv'])
  })

  test.each([
    // What each bought before March, what is bought most first where nothing else tells; d is new, c has bought A alone.
    ['buy-again', ['a,A', 'a,B', 'b,B', 'b,C', 'c,A']],
    ['discover', ['a,C', 'b,A', 'c,B', 'c,C', 'd,A', 'd,B', 'd,C']],
  ])('writes what the service would answer each customer: %s', async (surface, lines) => {
    writeFileSync(orders, GOOD)
    writeFileSync(out, 'what was there before')
    const rank = ['--rank', 'out.csv', '--surface', surface, '-k', '5']
    const { code, stdout, stderr } = await evaluate('--orders', orders, '--cutoff', '2011-03-01', ...rank)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout.trim()).toBe(`${out}: ${lines.length} lines for 4 customers`)
    expect(readFileSync(out, 'utf8').split('\n')).toEqual(['customer,sku', ...lines, ''])
    expect(readdirSync(folder).toSorted()).toEqual(['orders.csv', 'out.csv'])
  })
})

describe('pnpm evaluate --sequences', { timeout: 60_000 }, () => {
  test('leaves the last item of each user out', async () => {
    // Of u4 there is nothing to learn, and what u5 did last was nothing new; u3, of C, is shown B and then A.
    writeFileSync(sequences, 'u1 A B C\nu2\tB C A\nu3 C A\nu4 A\nu5 A B B\n\n')
    const { code, stdout, stderr } = await evaluate('--sequences', sequences)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(withoutTimes(stdout)).toEqual([
      '',
      '  sequences.txt: 5 lines, 12 orders, 5 users, 3 items; the last item of each left out; scored users 3 (never bought before)',
      '',
      '  Never bought before, 3 users',
      '  model                     NDCG@10  recall@10  hit rate@10  coverage',
      '  most bought                0.8770     1.0000       1.0000    1.0000',
      '  ItemKNN                    0.8770     1.0000       1.0000    1.0000',
      '  EASE (most bought 4,000)   0.8770     1.0000       1.0000    1.0000',
      '  what goes together         0.8770     1.0000       1.0000    1.0000',
      '  what follows what          1.0000     1.0000       1.0000    1.0000',
      '  Cartograph, discover       0.8770     1.0000       1.0000    1.0000',
      '  ours: Cartograph, discover +0.0 % NDCG@10 against most bought',
      '',
      '',
      '',
    ])
  })

  test.each<[string, string | Buffer, string]>([
    ['a user twice', 'u A B\nv A\nu C\n', 'The file is refused:\n  sequences.txt:3: user "u" was on line 1'],
    ['a user without an item', 'u A B\nv \n', 'The file is refused:\n  sequences.txt:2: user "v" has no item'],
    ['a blank line within', 'u A B\n\nv A\n', 'The file is refused:\n  sequences.txt:2: the line is blank'],
    [
      'broken UTF-8',
      Buffer.from('u A\nv \xe9\n', 'latin1'),
      'The file is refused:\n  sequences.txt:2: the line is not valid UTF-8',
    ],
    ['nobody', '\n\n', 'sequences.txt is empty.'],
    ['nobody with two items', 'u A\n', 'No user of sequences.txt has two items, one to learn from and one to test.'],
    ['half of a gzip', gzipSync('u A B\n').subarray(0, -6), 'Cannot read sequences.txt: unexpected end of file.'],
  ])('refuses a file with %s', async (_, content, message) => {
    writeFileSync(sequences, content)
    const json = path.join(folder, 'report.json')
    expect(await refusal('--sequences', sequences, '--json', json)).toBe(message)
    expect(readdirSync(folder)).toEqual(['sequences.txt'])
  })
})

describe('pnpm evaluate', { timeout: 60_000 }, () => {
  const surface = ['--surface', 'discover']
  test.each<[string[], string]>([
    [[], '--orders or --sequences is missing'],
    [['orders.csv'], 'There is no "orders.csv"'],
    [['--order', 'orders.csv'], "Unknown option '--order'"],
    [['--orders', 'orders.csv', '--sequences', 'orders.csv'], '--orders and --sequences exclude each other'],
    [['--orders', 'orders.csv', ...surface], '--surface goes with --rank'],
    [['--orders', 'orders.csv', '-k', '5'], '-k goes with --rank'],
    [['--orders', 'orders.csv', '--rank', 'out.csv'], '--surface takes buy-again or discover'],
    [['--orders', 'orders.csv', '--rank', 'out.csv', '--surface', 'all'], '--surface takes buy-again or discover'],
    [
      ['--orders', 'orders.csv', '--rank', 'out.csv', ...surface, '--json', 'a'],
      '--json goes with the tables, and --rank makes none',
    ],
    [['--sequences', 'orders.csv', '--cutoff', '2011-01-01'], '--cutoff goes with --orders: sequences have no times'],
    [['--sequences', 'orders.csv', '--rank', 'out.csv', ...surface], '--rank goes with --orders'],
  ])('%j is a sentence and the usage', async (args, sentence) => {
    writeFileSync(orders, GOOD)
    const message = await refusal(...args)
    expect(message.startsWith(`${sentence}. Usage: pnpm evaluate --orders FILE `), message).toBe(true)
    expect(readdirSync(folder)).toEqual(['orders.csv'])
  })

  test.each<[string[], string]>([
    [['--rank', 'out.csv', ...surface, '-k', '0'], '-k takes a whole number from 1 to 1000, not "0".'],
    [['--rank', 'out.csv', ...surface, '-k', '1001'], '-k takes a whole number from 1 to 1000, not "1001".'],
    [['--rank', 'out.csv', ...surface, '-k', '1.5'], '-k takes a whole number from 1 to 1000, not "1.5".'],
    [['--rank', 'orders.csv', ...surface], '--rank would replace the file that --orders names.'],
    [['--rank', 'none/out.csv', ...surface], '--rank: there is no folder none.'],
    [['--json', '.'], '--json: FOLDER is a folder.'],
  ])('%j with a file of orders is a sentence', async (args, sentence) => {
    writeFileSync(orders, GOOD)
    expect((await refusal('--orders', 'orders.csv', ...args)).replace(folder, 'FOLDER')).toBe(sentence)
    expect(readFileSync(orders, 'utf8')).toBe(GOOD)
  })
})
