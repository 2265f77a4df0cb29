import { JobQueue, Outbox, outboxQueues } from '@cartograph/messaging'
import { defineSubgraph } from '@cartograph/service-runtime'
import { usersContext } from './context.ts'
import { PrismaClient } from './database.ts'
import { usersEnvironment } from './env.ts'
import { OpenIdProviders } from './external-identity/openid-providers.ts'
import { resolvers } from './graphql/resolvers.ts'
import { everyGateway } from './messaging/every-gateway.ts'
import { permissions } from './permissions.ts'
import { keepRemovingOldRows } from './retention/keep-removing-old-rows.ts'
import { accessTokenSigner } from './session/access-token.ts'

const now = () => new Date()

/** Starts the users subgraph. */
export const start = defineSubgraph({
  name: 'users',
  folder: new URL('../', import.meta.url),
  environment: usersEnvironment,
  resolvers,
  permissions,
  async open({ adapter, environment, logger }) {
    const db = new PrismaClient({ adapter })
    const signer = await accessTokenSigner(environment.ACCESS_TOKEN_KEYS)
    const jobs = await JobQueue.open({
      connectionString: environment.DATABASE_URL,
      logger,
      queues: outboxQueues(['gateway']),
    })
    const gateway = everyGateway(environment)
    const outbox = gateway && new Outbox(jobs, [gateway], logger)
    await outbox?.start()
    const removing = keepRemovingOldRows(db, now, logger)
    const externalProviders = new OpenIdProviders(environment.OIDC_PROVIDERS, logger)
    const services = { db, signer, externalProviders, outbox, triesPerAddress: environment.TRIES_PER_ADDRESS, now }
    return {
      contextFor: (viewer) => usersContext(services, viewer),
      publicRoutes: (server) => server.get('/.well-known/jwks.json', async () => signer.jwks),
      async close() {
        await removing.stop()
        await jobs.stop()
        await Promise.all([gateway?.close(), db.$disconnect()])
      },
    }
  },
})
