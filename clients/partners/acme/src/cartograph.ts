import type { TypedDocumentString } from './generated/graphql.ts'

/** What a shop answered that did not do what it was asked for. */
export class CartographError extends Error {
  override readonly name = 'CartographError'
  readonly status: number
  /** A code of the shop's catalogue of errors. */
  readonly code: string
  /** When to ask again, in seconds, where the shop has said so. */
  readonly retryAfterSeconds: number | null

  constructor(message: string, told: { status: number; code: string; retryAfterSeconds: number | null }) {
    super(message)
    this.status = told.status
    this.code = told.code
    this.retryAfterSeconds = told.retryAfterSeconds
  }
}

export interface CartographOptions {
  /** The shop's GraphQL endpoint. */
  readonly url: string
  /** `pk_live_…` */
  readonly key: string
  /** Told when an operation is going to end: publish a newer manifest before. */
  readonly onDeprecated?: (operation: { readonly documentId: string; readonly sunset: string | null }) => void
}

/** A shop, asked by the ids of our operations: their texts never leave the build. */
export class Cartograph {
  readonly #options: CartographOptions

  constructor(options: CartographOptions) {
    this.#options = options
  }

  /** Reads, by GET, so that whatever is between us and the shop may keep the answer for as long as the shop allows. */
  async read<Data, Variables>(document: TypedDocumentString<Data, Variables>, variables: Variables): Promise<Data> {
    const url = new URL(this.#options.url)
    url.searchParams.set('documentId', idOf(document))
    url.searchParams.set('variables', JSON.stringify(variables))
    return this.#ask(document, url, { method: 'GET' })
  }

  /** Has an effect. */
  async change<Data, Variables>(document: TypedDocumentString<Data, Variables>, variables: Variables): Promise<Data> {
    const body = JSON.stringify({ documentId: idOf(document), variables })
    const headers = { 'content-type': 'application/json' }
    return this.#ask(document, new URL(this.#options.url), { method: 'POST', headers, body })
  }

  async #ask<Data, Variables>(
    document: TypedDocumentString<Data, Variables>,
    url: URL,
    request: { method: string; headers?: Record<string, string>; body?: string },
  ): Promise<Data> {
    const headers = { ...request.headers, authorization: `Bearer ${this.#options.key}` }
    const response = await fetch(url, { ...request, headers })
    const { data, errors } = (await response.json()) as Answer<Data>
    if (response.headers.has('deprecation'))
      this.#options.onDeprecated?.({ documentId: idOf(document), sunset: response.headers.get('sunset') })
    const [error] = errors ?? []
    if (!error && data) return data
    const retryAfter = response.headers.get('retry-after')
    throw new CartographError(error?.message ?? 'The shop answered nothing.', {
      status: response.status,
      code: error?.extensions?.code ?? 'UNKNOWN',
      retryAfterSeconds: retryAfter === null ? null : Number(retryAfter),
    })
  }
}

interface Answer<Data> {
  readonly data?: Data | null
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code: string } }[]
}

/** Codegen leaves the id in the place of the document. */
function idOf<Data, Variables>({ __meta__ }: TypedDocumentString<Data, Variables>): string {
  return String(__meta__?.['hash'])
}
