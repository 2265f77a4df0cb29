import { ensureGeneratedApart } from '@cartograph/code-generation'
import { progressOn, readArguments, runCommand } from '@cartograph/command-line'
import { banner } from '../console/banner.ts'
import { runUntilSignal } from '../console/run-until-signal.ts'
import { assertPortFree } from '../ports.ts'
import { discardShop } from '../shop/discard-shop.ts'
import { fillDemoWhenEmpty } from '../shop/fill-demo.ts'
import { readShopFile } from '../shop/shop-file.ts'
import { startStack } from '../stack.ts'
import { dataDirOf, portOf } from './stack-options.ts'

const usage = 'pnpm start [--port 4000] [--data-dir .cartograph] [--processes] [--fresh] [--empty]'

/** `pnpm start`: the whole shop on this machine, until Ctrl-C. */
export async function main(args: string[]): Promise<void> {
  await runCommand(async () => {
    const { values } = readArguments(
      args,
      {
        port: { type: 'string' },
        'data-dir': { type: 'string' },
        processes: { type: 'boolean', default: false },
        fresh: { type: 'boolean', default: false },
        empty: { type: 'boolean', default: false },
      },
      usage,
    )
    const port = portOf(values.port, 4000)
    const dataDir = dataDirOf(values['data-dir'])
    const progress = progressOn(process.stdout)
    await assertPortFree(port)
    await ensureGeneratedApart()
    if (values.fresh) await discardShop(dataDir)
    if (readShopFile(dataDir).filledWith.length === 0) progress.step('Preparing the databases')
    await runUntilSignal(async (onStop) => {
      const stack = await startStack(
        { dataDir, port, mode: values.processes ? 'processes' : 'one-process' },
        async (databases) => {
          onStop(() => databases.postgres.stop())
          if (!values.empty) await fillDemoWhenEmpty(dataDir, databases, progress, () => new Date())
        },
      )
      onStop(() => stack.stop())
      console.log(banner(stack.url, readShopFile(dataDir)))
    })
  })
}
