import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { daysOf } from '../../order-log.ts'
import { historyOf } from '../../ranking.ts'
import { readOrderFile } from './read-order-file.ts'
import { readSequenceFile } from './read-sequence-file.ts'

const folder = mkdtempSync(path.join(os.tmpdir(), 'read-files-'))
const file = path.join(folder, 'file')
afterAll(() => rmSync(folder, { recursive: true }))

const quiet = { onSize: () => {}, onBytes: () => {} }
const HEADER = 'invoice,placed_at,customer,sku,quantity'
const lines = [
  '7,2010-12-02 10:00:00,zoë,B 1,1.5',
  '7,2010-12-02 09:59:00,zoë,"A,1",2',
  '7,2010-12-02 10:00:00,zoë,B 1,3',
  '10,2010-12-02T09:59:00Z,zoë,C,1',
  '5,2010-12-01,42,C,0.25',
]

function read(content: string | Buffer): ReturnType<typeof readOrderFile> {
  writeFileSync(file, content)
  return readOrderFile(file, quiet)
}

describe('a file of orders', () => {
  test('becomes a log by the order of names, an invoice at the earliest of its times', async () => {
    const { log, ...rest } = await read([HEADER, ...lines].join('\n'))
    expect(rest).toEqual({
      lineCount: 5,
      customers: ['42', 'zoë'],
      skus: ['A,1', 'B 1', 'C'],
      firstPlacedAt: new Date('2010-12-01T00:00:00Z'),
      lastPlacedAt: new Date('2010-12-02T09:59:00Z'),
    })
    const at = daysOf(new Date('2010-12-02T09:59:00Z'))
    expect(historyOf(log, 1).orders).toEqual([
      { placedAt: at, items: Uint32Array.of(2) },
      { placedAt: at, items: Uint32Array.of(0, 1) },
    ])
    expect(historyOf(log, 0).orders).toEqual([{ placedAt: 14_944, items: Uint32Array.of(2) }])
  })

  test('is the same in any order of its lines, with other columns, packed, and as other systems write it', async () => {
    const expected = await read([HEADER, ...lines].join('\n'))
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(lines, { minLength: lines.length }), async (shuffled) => {
        expect(await read([HEADER, ...shuffled].join('\n'))).toEqual(expected)
      }),
      { numRuns: 30 },
    )
    const other = ['note', ...lines.map((_, at) => `"a, ${at}"`)]
    const wide = [HEADER, ...lines].map((line, at) => `${other[at]},${line}`).join('\r\n')
    expect(await read(gzipSync(`\ufeff${wide}\r\n\r\n`))).toEqual(expected)
  })

  test('tells how much of it has been read', async () => {
    const content = gzipSync([HEADER, ...lines].join('\n'))
    writeFileSync(file, content)
    const told = { size: 0, read: 0 }
    await readOrderFile(file, { onSize: (bytes) => (told.size = bytes), onBytes: (count) => (told.read += count) })
    expect(told).toEqual({ size: content.length, read: content.length })
  })

  test('takes names of up to 200 characters', async () => {
    const long = '\u{1f600}'.repeat(200)
    expect((await read(`${HEADER}\n1,2010-12-01,${long},${long},1`)).customers).toEqual([long])
    await expect(read(`${HEADER}\n1,2010-12-01,a,${long}x,1`)).rejects.toThrow(
      /:2: sku ".*" is longer than 200 characters$/,
    )
  })
})

describe('a file of sequences', () => {
  test('puts item p of n at day p - n, each an order of its own', async () => {
    writeFileSync(file, gzipSync('\ufeffu9 b\ta  b\r\nu10 a\n\n \n'))
    const { log, ...rest } = await readSequenceFile(file, quiet)
    expect(rest).toEqual({ lineCount: 2, userCount: 2, itemCount: 2 })
    expect(historyOf(log, 1).orders).toEqual([
      { placedAt: -2, items: Uint32Array.of(1) },
      { placedAt: -1, items: Uint32Array.of(0) },
      { placedAt: 0, items: Uint32Array.of(1) },
    ])
    expect(historyOf(log, 0).orders).toEqual([{ placedAt: 0, items: Uint32Array.of(0) }])
  })

  test('may have lines that outgrow a piece of the file', async () => {
    const items = Array.from({ length: 50_000 }, (_, item) => `item-${item}`)
    writeFileSync(file, `u ${items.join(' ')}\nv item-0`)
    const { log, ...rest } = await readSequenceFile(file, quiet)
    expect(rest).toEqual({ lineCount: 2, userCount: 2, itemCount: 50_000 })
    expect(log.placedAt.length).toBe(50_001)
    expect(log.placedAt[0]).toBe(-49_999)
  })
})
