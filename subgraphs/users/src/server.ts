import { mailBatchSize, mailQueue, mailQueuePolicy, openMailer } from '@cartograph/mail'
import { JobQueue } from '@cartograph/messaging'
import { defineSubgraph } from '@cartograph/service-runtime'
import { usersContext } from './context.ts'
import { PrismaClient } from './database.ts'
import { usersEnvironment } from './env.ts'
import { resolvers } from './graphql/resolvers.ts'
import type { MailJob } from './mail/mail-job.ts'
import { sendMail } from './mail/send-mail.ts'
import { permissions } from './permissions.ts'
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
    const jobs = await JobQueue.open({ connectionString: environment.DATABASE_URL, logger, queues: [mailQueuePolicy] })
    const mailer = openMailer(environment, now)
    const mailing = { db, mailer, logger, now, storeUrl: environment.STORE_URL }
    await jobs.work<MailJob>(mailQueue, mailBatchSize, (batch) =>
      Promise.all(batch.map((job) => sendMail(mailing, job))),
    )
    return {
      contextFor: (viewer) => usersContext({ db, signer, jobs, now }, viewer),
      publicRoutes: (server) => server.get('/.well-known/jwks.json', async () => signer.jwks),
      async close() {
        await jobs.stop()
        await Promise.all([mailer.close(), db.$disconnect()])
      },
    }
  },
})
