import { problemOfUrl } from './check-url.ts'
import { describeFailure } from './describe-failure.ts'
import { type Guard, guardedAgent } from './guarded-agent.ts'
import { retryAfterMs } from './retry-after.ts'
import { signDelivery } from './sign-delivery.ts'

export interface OutgoingWebhook {
  readonly url: string
  readonly messageId: string
  readonly body: string
  /** What it is signed with, the newest first. */
  readonly secrets: readonly Uint8Array[]
}

/** What came of sending once. */
export interface SentWebhook {
  readonly at: Date
  /** Null when no answer came. */
  readonly httpStatus: number | null
  readonly durationMs: number
  /** Why it was not taken, in a few words; null when it was. */
  readonly failure: string | null
  /** For how long the receiver asked to be left alone. */
  readonly retryAfterMs: number | null
}

/** For everything: resolving, connecting, sending, and what is read of the answer. */
const sentWithinMs = 10_000

/** More of an answer is not read, and none of it is kept. */
const mostBytesRead = 64 * 1_024

/**
 * Sends once, within ten seconds, to public addresses alone, as guardedAgent does. Taken is what is answered 2xx, whatever
 * comes after the status; nothing else is, a redirect neither.
 */
export class WebhookSender {
  readonly #agent: ReturnType<typeof guardedAgent>
  readonly #guard: Guard
  readonly #now: () => Date
  readonly #deadlineMs: number

  constructor(guard: Guard, now: () => Date, deadlineMs = sentWithinMs) {
    this.#agent = guardedAgent(guard)
    this.#guard = guard
    this.#now = now
    this.#deadlineMs = deadlineMs
  }

  /** Never throws: why it failed is part of the outcome. */
  async send({ url, messageId, body, secrets }: OutgoingWebhook): Promise<SentWebhook> {
    const at = this.#now()
    const began = performance.now()
    const signal = AbortSignal.timeout(this.#deadlineMs)
    const outcome = (rest: Pick<SentWebhook, 'httpStatus' | 'failure' | 'retryAfterMs'>): SentWebhook => ({
      at,
      durationMs: Math.round(performance.now() - began),
      ...rest,
    })
    const refused = (failure: string) => outcome({ httpStatus: null, failure, retryAfterMs: null })
    // It may have been allowed when it was given.
    if (problemOfUrl(url, this.#guard) !== null) return refused('nothing may be sent to this URL')
    try {
      const { origin, pathname, search } = new URL(url)
      const answer = await this.#agent.request({
        origin,
        path: pathname + search,
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'user-agent': 'Cartograph-Webhooks',
          ...signDelivery(messageId, body, secrets, at),
        },
        body,
        signal,
      })
      const { statusCode, headers } = answer
      // The connection may break, or the time be over: the status has come.
      await answer.body.dump({ limit: mostBytesRead }).catch(() => {})
      return outcome({
        httpStatus: statusCode,
        failure: statusCode >= 200 && statusCode < 300 ? null : `answered ${statusCode}`,
        retryAfterMs: retryAfterMs(statusCode, headers['retry-after'], at),
      })
    } catch (error) {
      return refused(signal.aborted ? `no answer within ${this.#deadlineMs / 1_000} s` : describeFailure(error))
    }
  }

  /** Cuts off what is under way. */
  close(): Promise<void> {
    return this.#agent.destroy()
  }
}
