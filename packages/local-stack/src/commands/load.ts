import { ensureGenerated } from '@cartograph/code-generation'
import { inputFile, progressOn, readArguments, runCommand } from '@cartograph/command-line'
import { loadOnlineRetail } from '../shop/load-online-retail.ts'
import { takeLock } from '../shop-locks.ts'
import { startDatabases } from '../stack.ts'
import { dataDirOf } from './stack-options.ts'

const usage = 'pnpm load online-retail --catalogue FILE --orders FILE [--data-dir .cartograph]'

/** `pnpm load`: fills a shop from files, whether it runs or not. */
export async function main(args: string[]): Promise<void> {
  await runCommand(async () => {
    const { values, positionals } = readArguments(
      args,
      { catalogue: { type: 'string' }, orders: { type: 'string' }, 'data-dir': { type: 'string' } },
      usage,
    )
    if (positionals.length !== 1 || positionals[0] !== 'online-retail')
      throw new Error(`There is one dataset, online-retail. Usage: ${usage}`)
    const files = {
      catalogue: inputFile('--catalogue', values.catalogue, usage),
      orders: inputFile('--orders', values.orders, usage),
    }
    const dataDir = dataDirOf(values['data-dir'])
    const progress = progressOn(process.stdout)
    await ensureGenerated({ onMake: (name) => progress.step(`Generating: ${name}`) })
    const databases = await startDatabases(dataDir)
    // Null while a shop, or another load, runs on these databases: then they are somebody else's to stop.
    const lock = await takeLock(databases.postgres, 'shop')
    try {
      await loadOnlineRetail(dataDir, databases, files, progress)
    } finally {
      if (lock) {
        await lock.release()
        await databases.postgres.stop()
      }
    }
  })
}
