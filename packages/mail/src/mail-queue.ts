import type { QueuePolicy } from '@cartograph/messaging'

/** A mail to be written and sent. */
export const mailQueue = 'mails'

/** Mails that one process sends at once: a mailer has two connections, and a batch must end before its jobs expire. */
export const mailBatchSize = 2

/** Two mails over two connections, half a minute each at most; tried for half a day. */
export const mailQueuePolicy: QueuePolicy = {
  name: mailQueue,
  expireInSeconds: 40,
  heartbeatSeconds: 10,
  retryLimit: 400,
  retryDelay: 2,
  retryDelayMax: 120,
}
