import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { takeLock } from '@cartograph/local-stack'
import { removeWithServer, throwAwayFolder } from '@cartograph/local-stack/throw-away-folder'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runCommandLine } from '../src/command.ts'
import { startDemoStack } from '../src/demo-stack.ts'
import { rowCounts } from '../src/row-counts.ts'
import { ask } from '../src/shop-client.ts'

let folder: string
let dataDir: string
beforeAll(() => {
  folder = throwAwayFolder()
  dataDir = path.join(folder, 'shop')
})
afterAll(async () => {
  await removeWithServer(dataDir)
  await removeWithServer(folder)
})

describe('pnpm load online-retail', { timeout: 180_000 }, () => {
  test('names malformed rows by line, skips them and loads the rest', async () => {
    const catalogue = path.join(folder, 'catalogue.csv')
    const orders = path.join(folder, 'orders.csv')
    writeFileSync(catalogue, 'sku,name,median_price_gbp\nA1,RED MUG,1.25\nA2,BLUE MUG,nonsense\nA3,CANDLE,0.85\n')
    writeFileSync(
      orders,
      'invoice,placed_at,customer,country,sku,quantity,unit_price_gbp\n' +
        '1,2011-01-01 10:00:00,100,United Kingdom,A1,2,1.25\n' +
        '1,2011-01-01 10:00:00,100,United Kingdom,A9,2,1.25\n' +
        '1,yesterday,100,United Kingdom,A3,2,0.85\n' +
        '2,2011-01-02 10:00:00,101,United Kingdom,A3,-5,0.85\n' +
        '2,2011-01-02 10:00:00,101,United Kingdom,A3,5,0.85\n',
    )
    const load = runCommandLine([
      'load',
      'online-retail',
      '--catalogue',
      catalogue,
      '--orders',
      orders,
      '--data-dir',
      dataDir,
    ])
    expect(await load.ended, load.output()).toBe(0)
    for (const line of ['catalogue.csv:3', 'orders.csv:3', 'orders.csv:4', 'orders.csv:5', '4 malformed rows skipped'])
      expect(load.output()).toContain(line)
    expect(await rowCounts(dataDir)).toMatchObject({
      user_account: 3,
      product: 2,
      variant: 2,
      stock_level: 2,
      customer_order: 2,
      order_line: 2,
    })
  })

  test('goes into the demo shop while that runs, one load at a time', async () => {
    await using shop = await startDemoStack()
    const catalogue = path.join(folder, 'catalogue.csv')
    const orders = path.join(folder, 'orders.csv')
    const args = ['load', 'online-retail', '--catalogue', catalogue, '--orders', orders, '--data-dir', shop.dataDir]
    const filling = await takeLock(shop.postgres, 'filling')
    const second = runCommandLine(args)
    expect(await second.ended).toBe(1)
    expect(second.output()).toContain('Another load is filling this shop; wait for it to end.')
    await filling!.release()

    const load = runCommandLine(args)
    expect(await load.ended, load.output()).toBe(0)
    const { data } = await ask(shop.url, '{ products(first: 1) { totalCount } }')
    expect(data).toMatchObject({ products: { totalCount: 402 } })
  })

  test('says in one sentence what is missing or wrong', async () => {
    const cases: [string[], RegExp][] = [
      [['load'], /^There is one dataset, online-retail\. Usage: /],
      [['load', 'online-retail'], /^--catalogue is missing\. Usage: /],
      [
        ['load', 'online-retail', '--catalogue', '/no/such/file', '--orders', 'x'],
        /^--catalogue: there is no file \/no\/such\/file\.$/,
      ],
    ]
    for (const [args, message] of cases) {
      const load = runCommandLine([...args, '--data-dir', dataDir])
      expect(await load.ended).toBe(1)
      expect(load.output().trim()).toMatch(message)
    }
  })
})
