import { mailBatchSize, mailQueue, mailQueuePolicy, openMailer } from '@cartograph/mail'
import { everyGateway, JobQueue, Outbox, outboxQueues } from '@cartograph/messaging'
import { defineSubgraph, type Peer, peer } from '@cartograph/service-runtime'
import { usersContext } from './context.ts'
import { PrismaClient } from './database.ts'
import { type UsersEnvironment, usersEnvironment } from './env.ts'
import { OpenIdProviders } from './external-identity/openid-providers.ts'
import { resolvers } from './graphql/resolvers.ts'
import type { MailJob } from './mail/mail-job.ts'
import { sendMail } from './mail/send-mail.ts'
import { permissions } from './permissions.ts'
import { keepRemovingOldRows } from './retention/keep-removing-old-rows.ts'
import { accessTokenSigner } from './session/access-token.ts'

const now = () => new Date()

const subscribers = ['carts', 'orders', 'recommendations'] as const

function peersOf(environment: UsersEnvironment): Peer[] {
  return subscribers.map((name) => {
    const variable = name.toUpperCase() as Uppercase<typeof name>
    const [url, secret] = [environment[`${variable}_URL`], environment[`${variable}_SIGNING_SECRET`]]
    return peer({ caller: 'users', name, url, secret })
  })
}

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
      queues: [mailQueuePolicy, ...outboxQueues([...subscribers, 'gateway'])],
    })
    const gateways = everyGateway('users', environment)
    const told = [...peersOf(environment), ...(gateways ? [gateways] : [])]
    const outbox = new Outbox(jobs, told, logger)
    const mailer = openMailer(environment, now)
    const mailing = { db, mailer, logger, now, storeUrl: environment.STORE_URL }
    await jobs.work<MailJob>(mailQueue, mailBatchSize, (batch) =>
      Promise.all(batch.map((job) => sendMail(mailing, job))),
    )
    await outbox.start()
    const removing = keepRemovingOldRows(db, now, logger)
    const services = {
      db,
      signer,
      externalProviders: new OpenIdProviders(environment.OIDC_PROVIDERS, logger),
      jobs,
      outbox,
      tellsGateways: gateways !== null,
      staffSignIn: environment.STAFF_SIGN_IN,
      triesPerAddress: environment.TRIES_PER_ADDRESS,
      now,
    }
    return {
      contextFor: (viewer) => usersContext(services, viewer),
      publicRoutes: (server) => server.get('/.well-known/jwks.json', async () => signer.jwks),
      async close() {
        await removing.stop()
        await jobs.stop()
        await Promise.all([...told.map((to) => to.close()), mailer.close(), db.$disconnect()])
      },
    }
  },
})
