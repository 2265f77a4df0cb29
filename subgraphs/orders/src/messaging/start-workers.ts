import { setInterval as every } from 'node:timers'
import { mailBatchSize, type Mailer, mailQueue } from '@cartograph/mail'
import type { Job, JobOutcome } from '@cartograph/messaging'
import { keepSweeping } from '@cartograph/service-runtime'
import type { CheckoutJob, CheckoutRunner } from '../checkout/checkout-runner.ts'
import type { OrdersEnvironment } from '../env.ts'
import { checkoutQueue, settlementQueue } from './job-queues.ts'
import { eraseLateBuyers } from '../order/erase-late-buyers.ts'
import { type MailJob, sendMail } from '../mail/send-mail.ts'
import type { OrderServices } from '../order/order-services.ts'
import { settleCancelledOrder } from '../order/settle-cancelled-order.ts'
import { settleRefund } from '../order/settle-refund.ts'
import { PaymentRefusedError } from '../payment/payment-provider.ts'
import { reconcilePayments } from '../payment/reconcile-payments.ts'

type SettlementJob = { readonly orderId: string } | { readonly refundId: string }

/** Has this process do what is left to be done: checkouts of others that died, money, mails, events. Answers its end. */
export async function startWorkers(
  services: OrderServices & { readonly runner: CheckoutRunner },
  mailer: Mailer,
  environment: OrdersEnvironment,
): Promise<() => Promise<void>> {
  const { jobs, outbox, runner, db, logger } = services
  await jobs.work<CheckoutJob>(checkoutQueue, 20, (batch) => runner.runJobs(batch))
  await jobs.work<SettlementJob>(settlementQueue, 5, (batch) => Promise.all(batch.map((job) => settle(services, job))))
  await jobs.work<MailJob>(mailQueue, mailBatchSize, (batch) =>
    Promise.all(batch.map((job) => sendMail(db, mailer, logger, job))),
  )
  await outbox.start()
  const { RECONCILE_AFTER_SECONDS, RECONCILE_EVERY_SECONDS } = environment
  let underWay: Promise<unknown> | null = null
  const reconciliation = every(() => {
    underWay ??= reconcilePayments(services, RECONCILE_AFTER_SECONDS * 1_000)
      .catch((error: unknown) => logger.warn({ err: error }, 'payments were not reconciled; it is tried again'))
      .finally(() => (underWay = null))
  }, RECONCILE_EVERY_SECONDS * 1_000)
  const erasing = keepSweeping({
    everyMs: 10 * 60_000,
    sweep: () => eraseLateBuyers(db),
    logger,
    done: 'what erased accounts had left was erased',
    failed: 'what erased accounts had left could not be erased',
  })
  return async () => {
    clearInterval(reconciliation)
    await erasing.stop()
  }
}

async function settle(services: OrderServices, { id, data }: Job<SettlementJob>): Promise<JobOutcome> {
  try {
    return await ('orderId' in data
      ? settleCancelledOrder(services, data.orderId)
      : settleRefund(services, data.refundId))
  } catch (error) {
    services.logger.error({ err: error, job: id, ...data }, 'money was not settled')
    // What the provider will never do is for people to look at: a dead letter.
    return error instanceof PaymentRefusedError ? 'rejected' : 'failed'
  }
}
