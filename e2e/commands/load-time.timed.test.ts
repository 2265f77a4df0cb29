import { removeWithServer, throwAwayFolder } from '@cartograph/local-stack/throw-away-folder'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runCommandLine } from '../src/command.ts'
import { rowCounts } from '../src/row-counts.ts'
import { onlineRetailFiles, withoutRealData } from '../src/shared-data.ts'

let dataDir: string
beforeAll(() => {
  dataDir = throwAwayFolder()
})
afterAll(() => removeWithServer(dataDir))

test.skipIf(withoutRealData('loading the real orders'))(
  'pnpm load online-retail, killed in the middle, is mended within 60 s by a second run; a third changes nothing',
  { timeout: 300_000 },
  async () => {
    const { catalogue, orders } = onlineRetailFiles()!
    const args = ['load', 'online-retail', '--catalogue', catalogue, '--orders', orders, '--data-dir', dataDir]
    const killed = runCommandLine(args)
    await killed.untilOutput(/(2[5-9]|[5-9]\d) %/)
    process.kill(-killed.child.pid!, 'SIGKILL')
    await killed.ended

    const startedAt = performance.now()
    const mended = runCommandLine(args)
    expect(await mended.ended, mended.output()).toBe(0)
    const seconds = (performance.now() - startedAt) / 1000
    console.log(`load online-retail: ${seconds.toFixed(1)} s`)
    expect(seconds).toBeLessThan(60)
    const once = await rowCounts(dataDir)
    expect(once).toMatchObject({
      user_account: 3971,
      product: 3659,
      variant: 3659,
      customer_order: 14_984,
      order_line: 314_794,
      stock_level: 3659,
      stock_movement: 3659,
    })

    const again = runCommandLine(args)
    expect(await again.ended, again.output()).toBe(0)
    expect(await rowCounts(dataDir)).toEqual(once)
  },
)
