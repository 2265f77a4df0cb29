import { closeSync, mkdirSync, openSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import {
  type Environment,
  environments,
  fillShop,
  services,
  type ServiceName,
  startDatabases,
  type StackDatabases,
  type Subgraph,
} from '@cartograph/local-stack'
import { Link } from '../network/link.ts'
import type { Plant } from '../plants/plant.ts'
import { bundleShop, programOf } from './bundle-shop.ts'
import { DatabaseServer } from './database-server.ts'
import { shopRecords } from './shop-records.ts'
import { SupervisedService } from './supervised-service.ts'
import {
  buyersLink,
  databaseLink,
  databaseLinks,
  linkName,
  processes,
  processesOf,
  serviceLinks,
  serviceOf,
} from './topology.ts'

export interface ShopOptions {
  readonly dataDir: string
  readonly seed: number
  /** The bug to plant into the services; none in earnest. */
  readonly plant?: Plant
  /** Faster, and lost with the machine: where no database is crashed. */
  readonly ephemeral?: boolean
  /** Added to the environment of each process. */
  readonly environmentOf?: (process: string) => Environment
}

/** A running shop, every part of which can be broken. */
export interface Shop {
  /** The gateway's GraphQL endpoint, behind the buyers' link. */
  readonly url: string
  readonly database: DatabaseServer
  readonly services: ReadonlyMap<string, SupervisedService>
  readonly links: ReadonlyMap<string, Link>
  /** Where the mails are that were sent. */
  readonly mailboxDir: string
  stop(): Promise<void>
}

const startPatienceMs = 60_000

/** What orders does in the background, often enough for a run of minutes. */
const quickly: Environment = { RECONCILE_AFTER_SECONDS: '5', RECONCILE_EVERY_SECONDS: '2' }

/**
 * Fills a new shop and starts it, as it runs in containers: bundled, a process per service and two of orders, with a
 * proxy on every link.
 */
export async function startShop(options: ShopOptions): Promise<Shop> {
  const { dataDir, seed, ephemeral = false } = options
  const bundles = path.join(dataDir, 'bundles')
  await bundleShop(bundles, options.plant)
  const databases = await startDatabases(dataDir, { ephemeral })
  await fillShop(databases, shopRecords(seed))
  const database = await DatabaseServer.attach(dataDir, databases.postgres, !ephemeral)
  const running = new Map<string, SupervisedService>()
  const portsOf = (service: ServiceName) => processesOf(service).flatMap((name) => running.get(name)?.port ?? [])
  const toDatabase = () => (database.port === null ? [] : [database.port])
  const opened = await Promise.all([
    ...serviceLinks.map(({ name, callee }) => Link.open(name, () => portsOf(callee))),
    ...databaseLinks.map((name) => Link.open(name, toDatabase)),
  ])
  const links = new Map(opened.map((link) => [link.name, link]))
  const mailboxDir = path.join(dataDir, 'mailbox')
  const logDir = path.join(dataDir, 'logs')
  mkdirSync(logDir, { recursive: true })
  const logs: number[] = []
  for (const name of processes) {
    const environment = {
      ...environmentOf(name, databases, links, mailboxDir),
      ...quickly,
      // As fast to start the second time as from an image that was built with it.
      NODE_COMPILE_CACHE: path.join(dataDir, 'compiled'),
      ...options.environmentOf?.(name),
    }
    const log = openSync(path.join(logDir, `${name}.log`), 'a')
    logs.push(log)
    running.set(name, new SupervisedService(name, environment, { log, program: programOf(bundles, serviceOf(name)) }))
  }
  const stop = async () => {
    await Promise.all([...running.values()].map((service) => service.stop()))
    await Promise.all(opened.map((link) => link.close()))
    await database.stop()
    for (const log of logs) closeSync(log)
  }
  try {
    await Promise.all([...running.values()].map((service) => firstUp(service, logDir)))
  } catch (error) {
    await stop()
    throw error
  }
  const url = `http://127.0.0.1:${links.get(buyersLink)!.port}/graphql`
  return { url, database, services: running, links, mailboxDir, stop }
}

/** Nothing is broken yet, so that a service that does not start never will. */
async function firstUp(service: SupervisedService, logDir: string): Promise<void> {
  const timer = new AbortController()
  const impatience = pause(startPatienceMs, null, { signal: timer.signal }).catch(() => null)
  const running = await Promise.race([service.up(), impatience])
  timer.abort()
  if (!running) throw new Error(`${service.name} does not start; ${path.join(logDir, `${service.name}.log`)} says why.`)
}

/** What local-stack gives the service, with the links' addresses in place of the services' own. */
function environmentOf(
  process: string,
  databases: StackDatabases,
  links: ReadonlyMap<string, Link>,
  mailboxDir: string,
): Environment {
  const service = serviceOf(process)
  const portOf = (link: string) => String(links.get(link)?.port ?? 0)
  const databaseUrl = (subgraph: Subgraph) => {
    const url = new URL(databases.urlOf(subgraph))
    url.port = portOf(databaseLink(process))
    return url.href
  }
  const ports = Object.fromEntries(services.map((name) => [name, 0])) as Record<ServiceName, number>
  const originOf = (_: ServiceName, callee: ServiceName) => `http://127.0.0.1:${portOf(linkName(process, callee))}`
  // What must hold is asked of the services, not of what the gateway has kept.
  const common = { NODE_ENV: 'development', LOG_LEVEL: 'warn', ANSWER_CACHE_MEBIBYTES: '0' }
  return environments({ databaseUrl, ports, originOf, mailboxDir }, databases.secrets, common)[service]
}
