import { mailQueuePolicy } from '@cartograph/mail'
import type { QueuePolicy } from '@cartograph/messaging'

/** A checkout that its own process has not finished in time; the job's id is the checkout's, or its data names it. */
export const checkoutQueue = 'checkouts'
/** Money to be let go of or given back: `{ orderId }` of a cancelled order, or `{ refundId }`. */
export const settlementQueue = 'settlements'

/** An accepted checkout ends, whatever happens, and money that is owed is given back. */
const forever = 1_000_000_000

// A batch that lasts longer than its jobs is given to another worker: expireInSeconds covers the slowest one.
export const orderQueues: readonly QueuePolicy[] = [
  // Handed round: whoever takes one has its checkout advance and gives it back at once, so that few die with a process.
  { name: checkoutQueue, expireInSeconds: 1, retryLimit: forever, retryDelay: 1 },
  // Two requests to the provider, of ten seconds at most.
  {
    name: settlementQueue,
    expireInSeconds: 25,
    heartbeatSeconds: 10,
    retryLimit: forever,
    retryDelay: 1,
    retryDelayMax: 60,
  },
  mailQueuePolicy,
]
