import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { ensureGenerated } from '@cartograph/code-generation'
import { progressOn, readArguments, runCommand } from '@cartograph/command-line'
import { takeLock } from '../shop-locks.ts'
import { startDatabases } from '../stack.ts'
import { root, serviceFolder } from '../workspace.ts'
import { dataDirOf } from './stack-options.ts'

const usage =
  'pnpm recommendations models | fit | rollback [VERSION] [--data-dir .cartograph | --database-url postgresql://…/recommendations]'

/** As the program of the subgraph prints it: instants are text. */
interface ModelRow {
  readonly version: number
  readonly fittedAt: string
  readonly orders: number
  readonly products: number
  readonly inUse: boolean
}

/**
 * `pnpm recommendations models` lists the models that are kept, `fit` makes a new one of all that was bought and puts it into
 * use, and `rollback` puts an earlier one back into use: of the shop in a folder, whether it runs or not, or of any database of the service.
 */
export async function main(args: string[]): Promise<void> {
  await runCommand(async () => {
    const options = { 'data-dir': { type: 'string' }, 'database-url': { type: 'string' } } as const
    const { values, positionals } = readArguments(args, options, usage)
    const [verb, version, ...rest] = positionals
    if (verb !== 'models' && verb !== 'fit' && verb !== 'rollback')
      throw new Error(`There is no "${verb ?? ''}". Usage: ${usage}`)
    if (rest.length > 0 || (verb !== 'rollback' && version !== undefined))
      throw new Error(`That is too much for "${verb}". Usage: ${usage}`)
    const databaseUrl = values['database-url']
    if (databaseUrl !== undefined && values['data-dir'] !== undefined)
      throw new Error(`Give --data-dir or --database-url, not both. Usage: ${usage}`)
    await ensureGenerated()
    const run = (url: string) => {
      if (verb === 'models') return listModels(url)
      return verb === 'fit' ? fit(url) : rollBack(url, version)
    }
    await (databaseUrl === undefined ? withShop(dataDirOf(values['data-dir']), run) : run(databaseUrl))
  })
}

async function withShop(dataDir: string, run: (databaseUrl: string) => Promise<void>): Promise<void> {
  const databases = await startDatabases(dataDir)
  // Null while a shop runs on these databases: then they are somebody else's to stop.
  const lock = await takeLock(databases.postgres, 'shop')
  try {
    await run(databases.urlOf('recommendations'))
  } finally {
    if (lock) {
      await lock.release()
      await databases.postgres.stop()
    }
  }
}

async function listModels(databaseUrl: string): Promise<void> {
  const models = (await askProgram(databaseUrl, 'list')) as ModelRow[]
  if (models.length === 0) return console.log('\n  There are no models: none was computed yet.\n')
  const rows = models.map((model) => [
    String(model.version),
    model.fittedAt,
    String(model.orders),
    String(model.products),
    model.inUse ? 'in use' : '',
  ])
  console.log(`\n${table([['version', 'fitted', 'orders', 'products', ''], ...rows])}\n`)
}

async function fit(databaseUrl: string): Promise<void> {
  const progress = progressOn(process.stdout)
  progress.step('Fitting to all that was bought')
  const { inUse, seconds } = (await askProgram(databaseUrl, 'fit')) as { inUse: number; seconds: number }
  console.log(`\n  Model ${inUse} is in use, after ${seconds.toFixed(1)} s.\n`)
}

async function rollBack(databaseUrl: string, version: string | undefined): Promise<void> {
  const { inUse } = (await askProgram(databaseUrl, 'rollback', ...(version === undefined ? [] : [version]))) as {
    inUse: number
  }
  console.log(`\n  Model ${inUse} is in use.\n`)
}

function table(rows: readonly string[][]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)))
  return rows
    .map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column]!)).join('  ')}`.trimEnd())
    .join('\n')
}

/** Runs the subgraph's own program, which knows its tables. Throws what it says when it fails. */
async function askProgram(databaseUrl: string, ...args: string[]): Promise<unknown> {
  const program = path.join(serviceFolder('recommendations'), 'src', 'models-command.ts')
  const child = spawn(process.execPath, [path.join(root, 'bin', 'service.mjs'), program, ...args], {
    env: { PATH: process.env['PATH'] ?? '', DATABASE_URL: databaseUrl },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [output, complaint] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  if (child.exitCode !== 0) throw new Error(complaint.trim() || 'The program of recommendations ended without a word.')
  return JSON.parse(output)
}
