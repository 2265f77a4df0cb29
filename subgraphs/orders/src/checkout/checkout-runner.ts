import { setTimeout as pause } from 'node:timers/promises'
import pLimit from 'p-limit'
import type { Job, JobOutcome } from '@cartograph/messaging'
import { UnansweredError, within } from '@cartograph/service-runtime'
import type { OrderServices } from '../order/order-services.ts'
import { checkoutQueue } from '../messaging/job-queues.ts'
import { advanceCheckout } from './advance-checkout.ts'
import type { StepCircumstances } from './checkout-step.ts'
import type { Checkout } from './checkout.ts'
import { findCheckouts } from './find-checkouts.ts'

/** Checkouts that a process advances at once: what its connections and those of its peers carry. */
const mostAtOnce = 8

/** How long it is at least before a step whose outcome is unknown is taken again, the last again and again. */
const retryDelaysMs = [50, 200, 500]

/** How long a service that did not answer is waited for before it is tried again all the same. */
const readyWithinMs = 2_000

/** How long a process goes on trying; then it leaves the checkout to its job. */
const retryForMs = 10_000

/** How long a job waits for its checkout, which goes on without it: less than the job lasts, see checkoutQueue. */
const jobPatienceMs = 100

/** How often a checkout that waits for its customer is looked at: they may never come, or come past us. */
const lookAgainAfterSeconds = 20

/** A checkout by the job's own id, which is that of its first job, or by name. */
export interface CheckoutJob {
  readonly checkoutId?: string
}

const unknownCircumstances: StepCircumstances = { isFirstTry: false, customerIsBack: false }

/** Advances checkouts within this process, each once at a time, and no more at once than the process can carry. */
export class CheckoutRunner {
  readonly #services: OrderServices
  readonly #limit = pLimit(mostAtOnce)
  readonly #running = new Map<string, Promise<Checkout>>()
  #isStopping = false

  constructor(services: OrderServices) {
    this.#services = services
  }

  /** As advanceCheckout, tried again for some seconds; whoever asks for a checkout that is under way here gets its outcome. */
  run(checkout: Checkout, circumstances = unknownCircumstances): Promise<Checkout> {
    const running = this.#running.get(checkout.id)
    // What is under way does not know that the customer is back.
    if (running && circumstances.customerIsBack)
      return running.then((outcome) => (outcome.endedAt === null ? this.run(outcome, circumstances) : outcome))
    if (running) return running
    const outcome = this.#advance(checkout, circumstances).finally(() => this.#running.delete(checkout.id))
    this.#running.set(checkout.id, outcome)
    return outcome
  }

  /**
   * As `run`, for jobs: done when the checkout has ended. One that takes long goes on, and its job is given back for any
   * process to take next: soon all of them have a checkout under way that is held up, and it outlives any of them. For
   * one that waits for its customer another job looks again later.
   */
  async runJobs(jobs: readonly Job<CheckoutJob>[]): Promise<JobOutcome[]> {
    const idOf = ({ id, data }: Job<CheckoutJob>) => data.checkoutId ?? id
    const checkouts = await findCheckouts(this.#services.db, jobs.map(idOf))
    const outcomes = new Map(
      await Promise.all(checkouts.map(async (checkout) => [checkout.id, await this.#outcomeOf(checkout)] as const)),
    )
    return jobs.map((job) => outcomes.get(idOf(job)) ?? 'rejected')
  }

  async #outcomeOf(checkout: Checkout): Promise<JobOutcome> {
    // What could not be advanced is logged where it happened.
    const run = () => this.run(checkout).catch(() => null)
    const outcome = checkout.endedAt === null ? await within(jobPatienceMs, run()) : checkout
    if (outcome === null) return 'failed'
    if (outcome.endedAt !== null) return 'done'
    const look: CheckoutJob = { checkoutId: outcome.id }
    await this.#services.jobs.enqueue(null, checkoutQueue, [{ data: look, startAfterSeconds: lookAgainAfterSeconds }])
    return 'done'
  }

  /** Tries nothing again from now on, and resolves when nothing is under way. */
  async stop(): Promise<void> {
    this.#isStopping = true
    await Promise.allSettled(this.#running.values())
  }

  async #advance(started: Checkout, circumstances: StepCircumstances): Promise<Checkout> {
    const { logger, db, now } = this.#services
    const until = now().getTime() + retryForMs
    for (let attempt = 0; ; attempt++) {
      try {
        // A place is given up between two attempts: who waits for one service holds up nobody who does not.
        return await this.#limit(async () => {
          if (attempt === 0) return advanceCheckout(this.#services, started, circumstances)
          const [checkout = started] = await findCheckouts(db, [started.id])
          return advanceCheckout(this.#services, checkout, { ...circumstances, isFirstTry: false })
        })
      } catch (error) {
        logger.warn({ err: error, checkout: started.id, attempt }, 'a checkout could not be advanced')
        if (this.#isStopping || now().getTime() > until) throw error
        await pause(retryDelaysMs[attempt] ?? retryDelaysMs.at(-1))
        if (error instanceof UnansweredError) await within(readyWithinMs, error.callee.ready())
      }
    }
  }
}
