import { serviceClaims, signRequest } from '@cartograph/viewer'
import type { Question } from '@cartograph/contracts'
import { Pool } from 'undici'
import type { z } from 'zod'
import { Readiness } from './readiness.ts'

/** The callee did not answer in time, could not be reached, or answered what the contract does not allow. */
export class UnansweredError extends Error {
  override readonly name = 'UnansweredError'
  readonly callee: Pick<Peer, 'ready'>

  constructor(message: string, options: ErrorOptions & { readonly callee: Pick<Peer, 'ready'> }) {
    super(message, options)
    this.callee = options.callee
  }
}

export interface CallOptions {
  readonly deadlineMs: number
  readonly requestId: string
}

export interface Peer {
  readonly name: string
  /**
   * Asks once, with a deadline in milliseconds. Throws UnansweredError; never retries, for the caller knows better
   * whether it can go on without.
   */
  ask<Input extends z.ZodType, Answer extends z.ZodType>(
    question: Question<Input, Answer>,
    input: z.input<Input>,
    options: CallOptions,
  ): Promise<z.output<Answer>>
  /** Posts JSON once, signed; answers whatever status came. Throws UnansweredError when none did before the deadline. */
  post(path: string, content: unknown, options: CallOptions): Promise<{ status: number; content: unknown }>
  /**
   * Resolves at once, unless a request was not answered or with an error of the server: then as soon as it answers
   * again. Whoever waits for this before they try again does so when it helps, and not before. Never throws.
   */
  ready(): Promise<void>
  close(): Promise<void>
}

/** A service that has not said within this that it is ready is asked anew. */
const probeDeadlineMs = 500

/** Another service, called by `caller` over pooled connections and under the callee's secret. */
export function peer(options: { caller: string; name: string; url: string; secret: string }): Peer {
  const pool = new Pool(new URL(options.url).origin, { connections: 16 })
  const readiness = new Readiness(async () => {
    const signal = AbortSignal.timeout(probeDeadlineMs)
    const { statusCode, body } = await pool.request({ method: 'GET', path: '/health/ready', signal })
    await body.dump()
    return statusCode < 500
  })
  const callee = { ready: () => readiness.ready() }
  const post: Peer['post'] = async (path, content, { deadlineMs, requestId }) => {
    const body = JSON.stringify(content)
    const signature = signRequest(
      options.secret,
      { method: 'POST', path, body },
      serviceClaims(options.caller, requestId),
    )
    try {
      const response = await pool.request({
        method: 'POST',
        path,
        body,
        headers: { 'content-type': 'application/json', ...signature },
        signal: AbortSignal.timeout(deadlineMs),
      })
      const text = await response.body.text()
      if (response.statusCode >= 500) readiness.doubt()
      return { status: response.statusCode, content: text === '' ? null : JSON.parse(text) }
    } catch (error) {
      readiness.doubt()
      throw new UnansweredError(`${options.name}${path} was not answered: ${(error as Error).message}`, {
        cause: error,
        callee,
      })
    }
  }
  return {
    name: options.name,
    ...callee,
    post,
    async ask(question, input, callOptions) {
      const { status, content } = await post(`/questions/${question.name}`, input, callOptions)
      const answer = status === 200 ? question.answer.safeParse(content) : null
      if (answer?.success) return answer.data
      throw new UnansweredError(`${question.name} was answered with status ${status} and not by its contract`, {
        callee,
      })
    },
    async close() {
      readiness.close()
      await readiness.ready()
      await pool.close()
    },
  }
}
