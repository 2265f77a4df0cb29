import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { ShopRecord } from '@cartograph/contracts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { assertIntegrity, ofKind } from '../stream-checks.test-kit.ts'
import { readOnlineRetail } from './read-online-retail.ts'

const CATALOGUE_HEADER = 'sku,name,median_price_gbp'
const ORDER_HEADER = 'invoice,placed_at,customer,country,sku,quantity,unit_price_gbp'
const TRAY = '"TRAY, BREAKFAST IN BED"'
const CATALOGUE = [CATALOGUE_HEADER, '100,RED MUG,1.25', `200,${TRAY},12.75`, '300A,CARD,0.425', ''].join('\n')
const GOOD = '1,2010-12-01 08:26:00,17850,United Kingdom,100,6,2.55'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'online-retail-'))
})
afterAll(() => rm(folder, { recursive: true }))

interface Outcome {
  readonly records: ShopRecord[]
  readonly malformed: [file: string, line: number, reason: string][]
}

async function read(catalogue: string | Buffer, orders: string | Buffer): Promise<Outcome> {
  const paths = { catalogue: join(folder, 'catalogue.csv'), orders: join(folder, 'orders.csv') }
  await writeFile(paths.catalogue, catalogue)
  await writeFile(paths.orders, orders)
  const malformed: Outcome['malformed'] = []
  const onMalformed = (file: string, line: number, reason: string): void => {
    malformed.push([file === paths.orders ? 'orders' : 'catalogue', line, reason])
  }
  return { records: await Array.fromAsync(readOnlineRetail({ ...paths, onMalformed })), malformed }
}

const orderFile = (...rows: string[]): string => [ORDER_HEADER, ...rows, ''].join('\n')

describe('malformed rows', () => {
  test('of the orders are told by line and reason, in their order, and the others go on', async () => {
    const { records, malformed } = await read(
      CATALOGUE,
      orderFile(
        GOOD,
        '1,2010-12-01 08:26:00,17850,United Kingdom,100,6',
        '1,2010-13-01 08:26:00,17850,United Kingdom,100,6,2.55',
        '1,2011-02-30 08:26:00,17850,United Kingdom,100,6,2.55',
        '1,2010-12-01 08:26:00,,United Kingdom,100,6,2.55',
        '1,2010-12-01 08:26:00,17850,United Kingdom,999,6,2.55',
        '1,2010-12-01 08:26:00,17850,United Kingdom,100,0,2.55',
        '1,2010-12-01 08:26:00,17850,United Kingdom,100,-6,2.55',
        '1,2010-12-01 08:26:00,17850,United Kingdom,100,1000001,2.55',
        '1,2010-12-01 08:26:00,17850,United Kingdom,100,1.5,2.55',
        '1,2010-12-01 08:26:00,17850,United Kingdom,100,6,0.00',
        '1,2010-12-01 08:26:00,17850,United Kingdom,100,6,-1',
        '1,2010-12-01 08:26:00,17850,United Kingdom,100,6,1e3',
        '"1,2010-12-01 08:26:00,17850,United Kingdom,100,6,2.55',
        '"1"x,2010-12-01 08:26:00,17850,United Kingdom,100,6,2.55',
        '',
        'x y,2010-12-01 08:26:00,17850,United Kingdom,100,6,2.55',
        '1,2010-12-01 08:26:00,17850.0,United Kingdom,100,6,2.55',
        '1,2010-12-01 08:26:00,17850,United Kingdom,200,1000000,12.75',
      ),
    )
    expect(malformed).toEqual([
      ['orders', 3, 'expected 7 columns, found 6'],
      ['orders', 4, 'placed_at "2010-13-01 08:26:00" is not a date and time'],
      ['orders', 5, 'placed_at "2011-02-30 08:26:00" is not a date and time'],
      ['orders', 6, 'customer is empty'],
      ['orders', 7, 'sku "999" is not in the catalogue'],
      ['orders', 8, 'quantity "0" is not from 1 to 1,000,000'],
      ['orders', 9, 'quantity "-6" is not from 1 to 1,000,000'],
      ['orders', 10, 'quantity "1000001" is not from 1 to 1,000,000'],
      ['orders', 11, 'quantity "1.5" is not a whole number'],
      ['orders', 12, 'unit_price_gbp "0.00" is not above zero'],
      ['orders', 13, 'unit_price_gbp "-1" is not an amount from 0.01 to 9999999.99'],
      ['orders', 14, 'unit_price_gbp "1e3" is not an amount from 0.01 to 9999999.99'],
      ['orders', 15, 'the quotes do not match'],
      ['orders', 16, 'the quotes do not match'],
      ['orders', 18, 'invoice "x y" is not letters and digits'],
      ['orders', 19, 'customer "17850.0" is not a number'],
    ])
    const [order] = ofKind(records, 'order')
    expect(order?.lines.map(({ sku, quantity }) => [sku, quantity])).toEqual([
      ['100', 6],
      ['200', 1_000_000],
    ])
    assertIntegrity(records)
  })

  test('of the catalogue are told likewise', async () => {
    const rows = [CATALOGUE_HEADER, ',MUG,1.00', '100,,1.00', '100,MUG,free', '100,MUG,1.00', '100,MUG,2.00', 'a,b,c,d']
    const { records, malformed } = await read(rows.join('\n'), orderFile(GOOD))
    expect(malformed).toEqual([
      ['catalogue', 2, 'sku is empty'],
      ['catalogue', 3, 'name is empty'],
      ['catalogue', 4, 'median_price_gbp "free" is not an amount from 0.01 to 9999999.99'],
      ['catalogue', 6, 'sku "100" was on an earlier line'],
      ['catalogue', 7, 'expected 3 columns, found 4'],
    ])
    expect(ofKind(records, 'product').map(({ variants }) => variants[0]?.price)).toEqual([100])
  })

  test('broken UTF-8, a zero character and an endless line cost their line alone', async () => {
    const endless = 'x'.repeat(300_000)
    const rows = [GOOD, `${GOOD}\u00e9`, GOOD, GOOD.replace('17850', '17\u0000850'), endless, GOOD]
    const bytes = Buffer.from(orderFile(...rows), 'latin1')
    const { records, malformed } = await read(CATALOGUE, bytes)
    expect(malformed).toEqual([
      ['orders', 3, 'the line is not valid UTF-8'],
      ['orders', 5, 'the line holds a zero character'],
      ['orders', 6, 'the line is longer than 65536 bytes'],
    ])
    expect(ofKind(records, 'order')[0]?.lines).toHaveLength(3)
  })
})

describe('the form of the files', () => {
  const plain = orderFile(GOOD, GOOD.replace('100,6', '"200","1"'))

  test('may have a byte order mark, CRLF, quotes, gzip, other columns and no last line end', async () => {
    const expected = await read(CATALOGUE, plain)
    expect(expected.malformed).toEqual([])
    const crlf = (text: string): string => `\ufeff${text.replaceAll('\n', '\r\n')}`
    const quotedHeader = CATALOGUE.replace('sku,', '\ufeff"sku",')
    const shuffled = `note,name,sku,median_price_gbp\n,RED MUG,100,1.25\n,${TRAY},200,12.75\n,CARD,300A,0.425`
    expect(await read(crlf(CATALOGUE), crlf(plain))).toEqual(expected)
    expect(await read(quotedHeader, gzipSync(plain))).toEqual(expected)
    expect(await read(shuffled, plain.trimEnd())).toEqual(expected)
  })

  test('a quoted comma belongs to the name, and prices are rounded half up', async () => {
    const { records } = await read(CATALOGUE, plain)
    expect(ofKind(records, 'product').map(({ title, slug, variants }) => [title, slug, variants[0]?.price])).toEqual([
      ['Red Mug', 'red-mug-100', 125],
      ['Tray, Breakfast in Bed', 'tray-breakfast-in-bed-200', 1275],
      ['Card', 'card-300a', 43],
    ])
  })

  test('a missing column or file is an error that names it, before any record', async () => {
    await expect(readFirst('sku,name\n', plain)).rejects.toThrow(
      /^The first line of .*catalogue\.csv names no column "median_price_gbp", but "sku", "name"\.$/,
    )
    await expect(readFirst(CATALOGUE, '')).rejects.toThrow(/^\S*orders\.csv is empty\.$/)
    await expect(readFirst(CATALOGUE, `"${ORDER_HEADER}\n${GOOD}`)).rejects.toThrow(
      /^Cannot read .*orders\.csv: in line 1 the quotes do not match\.$/,
    )
    const wide = Array.from({ length: 22 }, (_, place) => `c${place}`).join(',')
    await expect(readFirst(CATALOGUE, wide)).rejects.toThrow(
      /names no column "invoice", but "c0", .*"c19" and 2 more\.$/,
    )
    const none = { catalogue: join(folder, 'none.csv'), orders: join(folder, 'none.csv'), onMalformed: () => {} }
    await expect(readOnlineRetail(none).next()).rejects.toThrow(/^Cannot read .*none\.csv: ENOENT/)
  })

  test('a gzip file cut short is an error that names it', async () => {
    const rows = Array.from({ length: 5_000 }, (_, index) => GOOD.replace('1,', `${index},`))
    const cut = gzipSync(orderFile(...rows)).subarray(0, -200)
    await expect(read(CATALOGUE, cut)).rejects.toThrow(/^Cannot read .*orders\.csv: unexpected end of file/)
  })

  async function readFirst(catalogue: string, orders: string): Promise<unknown> {
    const paths = { catalogue: join(folder, 'catalogue.csv'), orders: join(folder, 'orders.csv') }
    await writeFile(paths.catalogue, catalogue)
    await writeFile(paths.orders, orders)
    return readOnlineRetail({ ...paths, onMalformed: () => {} }).next()
  }
})

describe('invoices', () => {
  test('that come back, or change customer, become orders of their own', async () => {
    const { records } = await read(
      CATALOGUE,
      orderFile(GOOD, GOOD.replace('1,', '2,'), GOOD.replace('100,6', '200,1'), GOOD.replace('17850', '12345')),
    )
    expect(ofKind(records, 'order').map(({ number, lines }) => [number, lines.length])).toEqual([
      ['R-1', 1],
      ['R-2', 1],
      ['R-1-2', 1],
      ['R-1-3', 1],
    ])
    assertIntegrity(records)
  })

  test('keep the time in UTC and are fulfilled a day later', async () => {
    const { records } = await read(CATALOGUE, orderFile(GOOD))
    expect(ofKind(records, 'order')[0]).toMatchObject({
      number: 'R-1',
      placedAt: '2010-12-01T08:26:00.000Z',
      fulfilledAt: '2010-12-02T08:26:00.000Z',
      cancelledAt: null,
      lines: [{ sku: '100', title: 'Red Mug', quantity: 6, unitPrice: 255 }],
    })
    expect(ofKind(records, 'customer')[1]).toMatchObject({
      email: 'customer-17850@online-retail.example',
      displayName: 'Customer 17850',
      demoPassword: true,
      createdAt: '2010-12-01T08:26:00.000Z',
      address: null,
    })
    expect(ofKind(records, 'stock').map(({ received }) => received)).toEqual([20, 20, 20])
  })
})
