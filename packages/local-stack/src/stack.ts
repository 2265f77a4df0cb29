import path from 'node:path'
import { environments } from './environments.ts'
import { servicePorts } from './ports.ts'
import { provisionDatabases } from './postgres/provision-databases.ts'
import { type Postgres, type StartPostgres, startPostgres } from './postgres/start-postgres.ts'
import { runAsProcess } from './run-as-process.ts'
import { runInProcess } from './run-in-process.ts'
import { type StackSecrets, stackSecrets } from './secrets.ts'
import { takeLock } from './shop-locks.ts'
import { type Subgraph, subgraphs, type ServiceName } from './workspace.ts'

export interface StackOptions {
  readonly dataDir: string
  /** The gateway's port; 0 for a free one. */
  readonly port: number
  readonly mode: 'one-process' | 'processes'
  /** Added to the environment of every service. */
  readonly environment?: Record<string, string>
  readonly postgres?: Pick<StartPostgres, 'ephemeral' | 'settings'>
}

export interface StackDatabases {
  readonly postgres: Postgres
  readonly secrets: StackSecrets
  urlOf(subgraph: Subgraph): string
}

export interface Stack extends StackDatabases {
  /** The gateway's GraphQL endpoint. */
  readonly url: string
  /** Where each service listens; subgraphs answer only signed requests there. */
  readonly urls: Record<ServiceName, string>
  /** The process of each service; all the same in one process. */
  readonly pids: Record<ServiceName, number>
  /** Stops one service, in order, and leaves the others. */
  stopService(service: ServiceName): Promise<void>
  /** Stops one service, if it runs, and starts it anew where it was. Only with a process per service. */
  restartService(service: ServiceName): Promise<void>
  stop(): Promise<void>
}

/** The database server of `dataDir` with a database and a role for each subgraph. */
export async function startDatabases(dataDir: string, options: StackOptions['postgres'] = {}): Promise<StackDatabases> {
  const postgres = await startPostgres({ dataDir: path.join(dataDir, 'postgres'), ...options })
  try {
    const secrets = await stackSecrets(dataDir)
    await provisionDatabases(postgres, {
      databases: subgraphs.map((name) => ({ name, role: name, password: secrets.databasePasswords[name] })),
    })
    return databasesOf(postgres, secrets)
  } catch (error) {
    // A server that was running belongs to whoever started it.
    if (!postgres.attached) await postgres.stop()
    throw error
  }
}

function databasesOf(postgres: Postgres, secrets: StackSecrets): StackDatabases {
  const urlOf = (name: Subgraph) =>
    `postgresql://${name}:${secrets.databasePasswords[name]}@${postgres.host}:${postgres.port}/${name}`
  return { postgres, secrets, urlOf }
}

/** Starts every service on databases that are up, subgraphs first; on a failure stops what it had started. */
export async function startServices(
  databases: StackDatabases,
  options: StackOptions,
): Promise<Omit<Stack, keyof StackDatabases>> {
  const ports = await servicePorts(options.port)
  const mailboxDir = path.join(options.dataDir, 'mailbox')
  const environment = environments({ databaseUrl: databases.urlOf, ports, mailboxDir }, databases.secrets, {
    NODE_ENV: 'development',
    LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'warn',
    ...options.environment,
  })
  const run = options.mode === 'processes' ? runAsProcess : runInProcess
  const running = new Map<ServiceName, { url: string; pid?: number; stop(): Promise<void> }>()
  const stop = async () => {
    // The gateway first, so that no request meets a subgraph that is gone.
    await running.get('gateway')?.stop()
    running.delete('gateway')
    await Promise.all([...running.values()].map((service) => service.stop()))
  }
  const runAll = async (names: readonly ServiceName[]) => {
    const outcomes = await Promise.allSettled(
      names.map(async (name) => running.set(name, await run(name, environment[name]))),
    )
    const failure = outcomes.find((outcome) => outcome.status === 'rejected')
    if (!failure) return
    await stop()
    throw failure.reason
  }
  await runAll(subgraphs)
  // Last, so that whoever it answers finds every subgraph.
  await runAll(['gateway'])
  const each = <Value>(value: (service: { url: string; pid?: number }) => Value) =>
    Object.fromEntries([...running].map(([name, service]) => [name, value(service)])) as Record<ServiceName, Value>
  const urls = each((service) => service.url)
  return {
    url: `${urls.gateway}/graphql`,
    urls,
    pids: each((service) => service.pid ?? process.pid),
    stopService: async (service) => {
      await running.get(service)?.stop()
      running.delete(service)
    },
    restartService: async (service) => {
      await running.get(service)?.stop()
      running.delete(service)
      const again = { ...environment[service], PORT: new URL(urls[service]).port }
      running.set(service, await run(service, again))
    },
    stop,
  }
}

/** A whole shop: databases and services. Throws one sentence when a shop runs on `dataDir` already. */
export async function startStack(
  options: StackOptions,
  afterDatabases?: (databases: StackDatabases) => Promise<void>,
): Promise<Stack> {
  const databases = await startDatabases(options.dataDir, options.postgres)
  const lock = await takeLock(databases.postgres, 'shop')
  if (!lock)
    throw new Error(
      `A shop runs on ${options.dataDir} already, or is being loaded; wait, stop it, or choose another folder with --data-dir.`,
    )
  try {
    await afterDatabases?.(databases)
    const services = await startServices(databases, options)
    return {
      ...databases,
      ...services,
      async stop() {
        await services.stop()
        await lock.release()
        await databases.postgres.stop()
      },
    }
  } catch (error) {
    await lock.release()
    await databases.postgres.stop()
    throw error
  }
}
