import { setTimeout as pause } from 'node:timers/promises'
import type { Random } from '@cartograph/shop-data'

/** No answer, or none that says what was done: whoever asked asks again. */
export class UnansweredError extends Error {
  override readonly name = 'UnansweredError'
}

export type Headers = Readonly<Record<string, string>>

/** Twice what a checkout may take to answer: on a connection that is dead nothing ever comes. */
const deadlineMs = 4_000

/** Sends one operation, as a client would. Throws UnansweredError unless all of it was answered without an error. */
export async function ask<Data>(
  url: string,
  query: string,
  variables: Record<string, unknown>,
  headers: Headers,
): Promise<{ data: Data; text: string }> {
  let text: string
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(deadlineMs),
    })
    text = await response.text()
  } catch (error) {
    throw new UnansweredError('the gateway did not answer', { cause: error })
  }
  const answer = parsed(text) as { data?: Data | null; errors?: { message: string; extensions?: { code?: string } }[] }
  if (!answer.data || answer.errors) {
    const [error] = answer.errors ?? []
    throw new UnansweredError(error ? `${error.extensions?.code}: ${error.message}` : text.slice(0, 200))
  }
  return { data: answer.data, text }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return {}
  }
}

/** Repeats what was not answered until it is, or until patience ends: then the last UnansweredError. */
export async function persist<Answer>(until: number, random: Random, run: () => Promise<Answer>): Promise<Answer> {
  for (let waitMs = 80; ; waitMs = Math.min(waitMs * 1.6, 1_000)) {
    try {
      return await run()
    } catch (error) {
      if (!(error instanceof UnansweredError) || Date.now() > until) throw error
    }
    await pause(waitMs * (0.5 + random.next()))
  }
}
