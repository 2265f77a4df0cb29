import { mailBatchSize, mailQueue, mailQueuePolicy, openMailer } from '@cartograph/mail'
import { JobQueue, Outbox, outboxQueues } from '@cartograph/messaging'
import { defineSubgraph, peer } from '@cartograph/service-runtime'
import { usersContext } from './context.ts'
import { PrismaClient } from './database.ts'
import { type UsersEnvironment, usersEnvironment } from './env.ts'
import { resolvers } from './graphql/resolvers.ts'
import type { MailJob } from './mail/mail-job.ts'
import { sendMail } from './mail/send-mail.ts'
import { permissions } from './permissions.ts'
import { accessTokenSigner } from './session/access-token.ts'

const now = () => new Date()

function subscribersOf(environment: UsersEnvironment) {
  return (['carts', 'orders', 'recommendations'] as const).map((name) => {
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
    const subscribers = subscribersOf(environment)
    const jobs = await JobQueue.open({
      connectionString: environment.DATABASE_URL,
      logger,
      queues: [mailQueuePolicy, ...outboxQueues(['carts', 'orders', 'recommendations'])],
    })
    const outbox = new Outbox(jobs, subscribers, logger)
    const mailer = openMailer(environment, now)
    const mailing = { db, mailer, logger, now, storeUrl: environment.STORE_URL }
    await jobs.work<MailJob>(mailQueue, mailBatchSize, (batch) =>
      Promise.all(batch.map((job) => sendMail(mailing, job))),
    )
    await outbox.start()
    return {
      contextFor: (viewer) => usersContext({ db, signer, jobs, outbox, now }, viewer),
      publicRoutes: (server) => server.get('/.well-known/jwks.json', async () => signer.jwks),
      async close() {
        await jobs.stop()
        await Promise.all([...subscribers.map((to) => to.close()), mailer.close(), db.$disconnect()])
      },
    }
  },
})
