import { readArguments, runCommand } from '@cartograph/command-line'
import { type DeadLetter, listDeadLetters, redriveDeadLetters } from '@cartograph/messaging'
import { takeLock } from '../shop-locks.ts'
import { type StackDatabases, startDatabases } from '../stack.ts'
import type { Subgraph } from '../workspace.ts'
import { dataDirOf } from './stack-options.ts'

const usage = 'pnpm messages [redrive [ID …]] [--data-dir .cartograph]'

/** The services that send events and have jobs. */
const senders = ['orders', 'products', 'inventory', 'users', 'carts', 'partners'] as const satisfies readonly Subgraph[]

/** `pnpm messages`: lists what was given up on, and with `redrive` has it tried again, whether the shop runs or not. */
export async function main(args: string[]): Promise<void> {
  await runCommand(async () => {
    const { values, positionals } = readArguments(args, { 'data-dir': { type: 'string' } }, usage)
    const [verb, ...ids] = positionals
    if (verb !== undefined && verb !== 'redrive') throw new Error(`There is no "${verb}". Usage: ${usage}`)
    const databases = await startDatabases(dataDirOf(values['data-dir']))
    const lock = await takeLock(databases.postgres, 'shop')
    try {
      await (verb === 'redrive' ? redrive(databases, ids) : list(databases))
    } finally {
      if (lock) {
        await lock.release()
        await databases.postgres.stop()
      }
    }
  })
}

async function list(databases: StackDatabases): Promise<void> {
  const found = await Promise.all(
    senders.map(async (service) =>
      (await listDeadLetters(databases.urlOf(service))).map((letter) => ({ service, letter })),
    ),
  )
  const letters = found.flat()
  if (letters.length === 0)
    return console.log('\n  There are no dead letters: every message was delivered, or still is tried.\n')
  console.log()
  for (const { service, letter } of letters) console.log(`  ${line(service, letter)}`)
  console.log(`\n  ${letters.length} were given up. When the cause is mended: pnpm messages redrive\n`)
}

function line(service: string, { id, queue, data, diedAt, retries }: DeadLetter): string {
  const { name } = (data ?? {}) as { name?: string }
  return [id, service.padEnd(9), diedAt.toISOString(), `${retries} retries`.padEnd(13), queue, name ?? ''].join('  ')
}

async function redrive(databases: StackDatabases, ids: readonly string[]): Promise<void> {
  let moved = 0
  for (const service of senders) {
    moved += await redriveDeadLetters(databases.urlOf(service), ids.length === 0 ? undefined : ids)
  }
  console.log(`\n  ${moved} ${moved === 1 ? 'message is' : 'messages are'} tried again.\n`)
}
