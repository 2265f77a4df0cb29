import { rmSync } from 'node:fs'
import { ensureGeneratedApart } from '@cartograph/code-generation'
import { banner } from '../console/banner.ts'
import { progressOn } from '../console/progress.ts'
import { runCommand } from '../console/run-command.ts'
import { stopOnSignals } from '../console/stop-on-signals.ts'
import { assertPortFree } from '../ports.ts'
import { startPostgres } from '../postgres/start-postgres.ts'
import { fillDemoWhenEmpty } from '../shop/fill-demo.ts'
import { readShopFile } from '../shop/shop-file.ts'
import { startStack, takeShopLock } from '../stack.ts'
import { dataDirOf, portOf, readArguments } from './stack-options.ts'

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
    if (values.fresh) await discard(dataDir)
    if (readShopFile(dataDir).filledWith.length === 0) progress.step('Preparing the databases')
    const stack = await startStack(
      { dataDir, port, mode: values.processes ? 'processes' : 'one-process' },
      async (databases) => {
        if (!values.empty) await fillDemoWhenEmpty(dataDir, databases, progress, () => new Date())
      },
    )
    console.log(banner(stack.url, readShopFile(dataDir)))
    stopOnSignals(() => stack.stop())
  })
}

/** Removes a shop with all its data, unless one runs there. */
async function discard(dataDir: string): Promise<void> {
  const postgres = await startPostgres({ dataDir: `${dataDir}/postgres` })
  const lock = await takeShopLock(postgres)
  if (!lock) throw new Error(`A shop runs on ${dataDir}; stop it before starting a fresh one.`)
  await lock.release()
  await postgres.stop()
  rmSync(dataDir, { recursive: true, force: true })
}
