import { ensureGenerated } from '@cartograph/code-generation'
import { progressOn, readArguments, runCommand } from '@cartograph/command-line'
import { banner } from '../console/banner.ts'
import { runUntilSignal } from '../console/run-until-signal.ts'
import { followEdits } from '../dev/follow-edits.ts'
import { assertPortFree } from '../ports.ts'
import { fillDemoWhenEmpty } from '../shop/fill-demo.ts'
import { readShopFile } from '../shop/shop-file.ts'
import { startStack } from '../stack.ts'
import { dataDirOf, portOf } from './stack-options.ts'

const usage = 'pnpm dev [--port 4000] [--data-dir .cartograph]'

/** `pnpm dev`: the shop with a process per service; an edit restarts what it concerns, a schema edit recomposes. */
export async function main(args: string[]): Promise<void> {
  await runCommand(async () => {
    const { values } = readArguments(args, { port: { type: 'string' }, 'data-dir': { type: 'string' } }, usage)
    const port = portOf(values.port, 4000)
    const dataDir = dataDirOf(values['data-dir'])
    const progress = progressOn(process.stdout)
    await assertPortFree(port)
    await ensureGenerated({ onMake: (name) => progress.step(`Generating: ${name}`) })
    await runUntilSignal(async (onStop) => {
      const stack = await startStack(
        {
          dataDir,
          port,
          mode: 'processes',
          // What an edit changes is seen at once.
          environment: {
            WATCH_SCHEMAS: 'true',
            ANSWER_CACHE_MEBIBYTES: '0',
            LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'info',
          },
        },
        async (databases) => {
          onStop(() => databases.postgres.stop())
          await fillDemoWhenEmpty(dataDir, databases, progress, () => new Date())
        },
      )
      const edits = followEdits((service) => stack.restartService(service), progress)
      onStop(async () => {
        edits.close()
        await stack.stop()
      })
      console.log(banner(stack.url, readShopFile(dataDir)))
      progress.step('Watching for edits.\n')
    })
  })
}
