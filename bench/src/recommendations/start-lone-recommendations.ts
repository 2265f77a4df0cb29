import { ensureGenerated } from '@cartograph/code-generation'
import {
  ensureShopOfOnlineRetail,
  type Postgres,
  runAsProcess,
  type ServiceProcess,
  startDatabases,
  takeLock,
} from '@cartograph/local-stack'
import type { benchShopOptions } from '../shop/start-bench-shop.ts'

export interface LoneRecommendations {
  readonly url: string
  readonly pid: number
  /** What the gateway would sign requests to it with. */
  readonly signingSecret: string
  readonly postgres: Postgres
  stop(): Promise<void>
}

/**
 * The recommendations subgraph as a process, as in production, with no other service beside it: on its own database of the
 * benched shop, whose data are loaded the first time and kept. SQL statements are counted. The caller stops it.
 */
export async function startLoneRecommendations(
  values: Readonly<Record<keyof typeof benchShopOptions, string>>,
): Promise<LoneRecommendations> {
  await ensureGenerated({ onMake: (name) => console.log(`  Generating: ${name}`) })
  const dataDir = values['data-dir']
  const { postgres, secrets, urlOf } = await startDatabases(dataDir, {
    settings: { shared_preload_libraries: 'pg_stat_statements' },
  })
  const lock = await takeLock(postgres, 'shop')
  // Then the server is somebody else's too, and stays.
  if (!lock) throw new Error(`A shop runs on ${dataDir} already; stop it, or choose another folder with --data-dir.`)
  let service: ServiceProcess | undefined
  const stop = async () => {
    await service?.stop()
    await lock.release()
    await postgres.stop()
  }
  try {
    const databases = { postgres, secrets, urlOf }
    await ensureShopOfOnlineRetail(dataDir, databases, { catalogue: values.catalogue, orders: values.orders })
    const signingSecret = secrets.signingSecrets.recommendations
    service = await runAsProcess('recommendations', {
      NODE_ENV: 'production',
      LOG_LEVEL: 'warn',
      PORT: '0',
      DATABASE_URL: urlOf('recommendations'),
      SIGNING_SECRETS: signingSecret,
    })
    return { url: `${service.url}/graphql`, pid: service.pid, signingSecret, postgres, stop }
  } catch (error) {
    await stop()
    throw error
  }
}
