/** A shop's API, as somebody who may manage partners. */
export interface Shop {
  readonly url: string
  /** Runs an operation. Whatever keeps it from its whole answer is thrown, as one sentence. */
  ask<Data>(document: string, variables?: Readonly<Record<string, unknown>>): Promise<Data>
}

interface Answer {
  readonly data?: unknown
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[]
}

export const howToSayWho = 'set CARTOGRAPH_TOKEN, or CARTOGRAPH_EMAIL and CARTOGRAPH_PASSWORD'
const deadlineMs = 60_000

/** The shop at `url`, asked with `token`, or by a guest. */
export function shopAt(url: string, token: string | null): Shop {
  return {
    url,
    async ask<Data>(document: string, variables: Readonly<Record<string, unknown>> = {}): Promise<Data> {
      const answer = await answerOf(url, token, JSON.stringify({ query: document, variables }))
      const [error] = answer.errors ?? []
      if (error?.extensions?.code === 'UNAUTHENTICATED')
        throw new Error(`The shop does not know who asks (${error.message}): ${howToSayWho}.`)
      if (error) throw new Error(`The shop refused: ${error.message}`)
      return answer.data as Data
    },
  }
}

async function answerOf(url: string, token: string | null, body: string): Promise<Answer> {
  const headers = { 'content-type': 'application/json', ...(token !== null && { authorization: `Bearer ${token}` }) }
  let response: Response
  let text: string
  try {
    response = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(deadlineMs) })
    text = await response.text()
  } catch (error) {
    const { message, cause } = error as Error & { cause?: { code?: string } }
    throw new Error(
      `There is no answer from ${url} (${cause?.code ?? message}): start a shop with pnpm start, or say where it is with --url.`,
      { cause: error },
    )
  }
  const answer = parsed(text)
  if (answer === null)
    throw new Error(`${url} answered ${response.status}, and no GraphQL: is it the address of a shop?`)
  return answer
}

function parsed(text: string): Answer | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && ('data' in value || 'errors' in value)
      ? (value as Answer)
      : null
  } catch {
    return null
  }
}
