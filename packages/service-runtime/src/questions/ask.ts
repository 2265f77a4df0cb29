import type { Question } from '@cartograph/contracts'
import { serviceClaims, signRequest } from '@cartograph/viewer'
import { Pool } from 'undici'
import type { z } from 'zod'

/** The callee did not answer in time, could not be reached, or answered what the contract does not allow. */
export class UnansweredError extends Error {
  override readonly name = 'UnansweredError'
}

export interface Peer {
  /**
   * Asks once, with a deadline in milliseconds. Throws UnansweredError; never retries, for the caller knows better
   * whether it can go on without.
   */
  ask<Input extends z.ZodType, Answer extends z.ZodType>(
    question: Question<Input, Answer>,
    input: z.input<Input>,
    options: { deadlineMs: number; requestId: string },
  ): Promise<z.output<Answer>>
  close(): Promise<void>
}

/** Another service, asked by `caller` over pooled connections and under the callee's secret. */
export function peer(options: { caller: string; url: string; secret: string }): Peer {
  const pool = new Pool(new URL(options.url).origin, { connections: 16 })
  return {
    async ask(question, input, { deadlineMs, requestId }) {
      const path = `/questions/${question.name}`
      const body = JSON.stringify(input)
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
        if (response.statusCode !== 200) throw new Error(`status ${response.statusCode}`)
        return question.answer.parse(JSON.parse(text))
      } catch (error) {
        throw new UnansweredError(`${question.name} was not answered: ${(error as Error).message}`, { cause: error })
      }
    },
    close: () => pool.close(),
  }
}
