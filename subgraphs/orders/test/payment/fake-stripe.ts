import { randomBytes } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { setImmediate as turn } from 'node:timers/promises'
import { FakeStripeBooks, type FakeIntent } from './fake-stripe-books.ts'
import { invalid, StripeProblem } from './stripe-problem.ts'

export type StripeRoute = 'create' | 'retrieve' | 'list' | 'confirm' | 'capture' | 'cancel' | 'refund' | 'listRefunds'

export interface StripeFault {
  readonly on: StripeRoute
  readonly effect: 'before' | 'after'
  /**
   * `cut`: the answer breaks off. `close`: the connection is closed without one. `hang`: there is never one. A number is
   * the status of an answer that is an error.
   */
  readonly how: 'cut' | 'close' | 'hang' | 409 | 429 | 500 | 503
  /** How many requests, 1 unless told. */
  readonly times?: number
}

export interface StripeRequest {
  readonly route: StripeRoute
  readonly headers: IncomingHttpHeaders
  readonly form: URLSearchParams
  readonly isReplayed: boolean
}

export interface FakeStripe {
  readonly url: URL
  readonly secretKey: string
  readonly books: FakeStripeBooks
  readonly requests: readonly StripeRequest[]
  /** What befalls the next requests of this kind. */
  fail(fault: StripeFault): void
  /** Stripe forgets Idempotency-Keys after a day. */
  forgetKeys(): void
  stop(): Promise<void>
}

interface Answer {
  readonly status: number
  readonly body: unknown
}

const secretKey = 'sk_test_fake'

/** A server that speaks Stripe's protocol, for PaymentIntents of cards and refunds. */
export async function startFakeStripe(): Promise<FakeStripe> {
  const books = new FakeStripeBooks()
  const requests: StripeRequest[] = []
  const faults: StripeFault[] = []
  const kept = new Map<string, { readonly request: string; readonly answer: Answer | null }>()

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '', 'http://stripe')
    const [, , collection, id, action] = url.pathname.split('/')
    const form = request.method === 'POST' ? new URLSearchParams(await text(request)) : url.searchParams
    const route = routeOf(request.method, collection, id, action)
    if (request.headers.authorization !== `Bearer ${secretKey}`) {
      return send(response, {
        status: 401,
        body: { error: { type: 'invalid_request_error', message: 'Invalid API Key' } },
      })
    }
    if (!route) return send(response, errorAnswer(invalid(`Unrecognized request URL (${url.pathname})`, {}, 404)))

    const fault = takeFault(faults, route)
    const key = request.method === 'POST' ? request.headers['idempotency-key']?.toString() : undefined
    const fingerprint = `${url.pathname} ${form.toString()}`
    const before = key ? kept.get(key) : undefined
    requests.push({ route, headers: request.headers, form, isReplayed: Boolean(before?.answer) })
    if (before && before.request !== fingerprint) return send(response, errorAnswer(otherParameters))
    if (before && !before.answer) return send(response, errorAnswer(keyInUse))
    if (before?.answer) return lose(response, fault, before.answer, { 'idempotent-replayed': 'true' })

    if (fault?.effect === 'before') {
      const made = typeof fault.how === 'number' ? errorAnswer(problemOf(fault.how)) : emptyAnswer
      // Stripe keeps an error of its own too: it had begun.
      if (key && fault.how === 500) kept.set(key, { request: fingerprint, answer: made })
      return lose(response, fault, made)
    }
    if (key) kept.set(key, { request: fingerprint, answer: null })
    // Whoever comes with the same key meanwhile meets the request on its way.
    await turn()
    const { made, isKept } = carryOut(books, route, id ?? '', form)
    const faulty = typeof fault?.how === 'number' ? errorAnswer(problemOf(fault.how)) : made
    if (key && isKept) kept.set(key, { request: fingerprint, answer: faulty })
    else if (key) kept.delete(key)
    lose(response, fault, faulty)
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      console.error(error)
      response.destroy()
    })
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  return {
    url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    secretKey,
    books,
    requests,
    fail: ({ times = 1, ...fault }) => {
      for (let time = 0; time < times; time += 1) faults.push(fault)
    },
    forgetKeys: () => kept.clear(),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

const emptyAnswer: Answer = { status: 200, body: {} }

const otherParameters = new StripeProblem(400, {
  type: 'idempotency_error',
  message: 'Keys for idempotent requests can only be used with the same parameters they were first used with.',
})

const keyInUse = new StripeProblem(409, {
  type: 'idempotency_error',
  code: 'idempotency_key_in_use',
  message: 'There is currently another in-progress request using this Idempotency Key.',
})

function problemOf(status: 409 | 429 | 500 | 503): StripeProblem {
  if (status === 409) return keyInUse
  if (status === 429) {
    const message = 'This object cannot be accessed right now because another API request is currently accessing it.'
    return new StripeProblem(429, { type: 'invalid_request_error', code: 'lock_timeout', message })
  }
  return new StripeProblem(status, { type: 'api_error', message: 'An unknown error occurred' })
}

function routeOf(method?: string, collection?: string, id?: string, action?: string): StripeRoute | null {
  const isPost = method === 'POST'
  if (collection === 'refunds' && !id) return isPost ? 'refund' : 'listRefunds'
  if (collection !== 'payment_intents') return null
  if (!id) return isPost ? 'create' : 'list'
  if (!isPost) return action ? null : 'retrieve'
  return action === 'confirm' || action === 'capture' || action === 'cancel' ? action : null
}

function takeFault(faults: StripeFault[], route: StripeRoute): StripeFault | undefined {
  const index = faults.findIndex(({ on }) => on === route)
  return index < 0 ? undefined : faults.splice(index, 1)[0]
}

function carryOut(books: FakeStripeBooks, route: StripeRoute, id: string, form: URLSearchParams) {
  try {
    return { made: { status: 200, body: bodyOf(books, route, id, form) }, isKept: true }
  } catch (error) {
    if (!(error instanceof StripeProblem)) throw error
    return { made: errorAnswer(error), isKept: error.isKept }
  }
}

function bodyOf(books: FakeStripeBooks, route: StripeRoute, id: string, form: URLSearchParams): unknown {
  const isExpanded = [...form].some(([name, value]) => name.startsWith('expand[') && value.endsWith('latest_charge'))
  const shown = (intent: FakeIntent) =>
    structuredClone({
      ...intent,
      client_secret: `${intent.id}_secret`,
      latest_charge: isExpanded ? intent.latest_charge : (intent.latest_charge?.id ?? null),
    })
  if (route === 'create') return shown(books.create(form))
  if (route === 'retrieve') return shown(books.find(id))
  if (route === 'confirm') return shown(books.confirm(id, form))
  if (route === 'capture') return shown(books.capture(id, form))
  if (route === 'cancel') return shown(books.cancel(id, form))
  if (route === 'refund') return structuredClone(books.refund(form))
  if (route === 'list') {
    const [lt, gte] = [Number(form.get('created[lt]') ?? Infinity), Number(form.get('created[gte]') ?? 0)]
    return listOf([...books.intents.values()], form, ({ created }) => created < lt && created >= gte, shown)
  }
  const paymentIntent = books.find(form.get('payment_intent') ?? '').id
  return listOf(books.refunds, form, (refund) => refund.payment_intent === paymentIntent, structuredClone)
}

/** A page of a list: the latest first, from behind `starting_after`. */
function listOf<T extends { readonly id: string; readonly created: number }>(
  all: readonly T[],
  form: URLSearchParams,
  isMeant: (item: T) => boolean,
  shown: (item: T) => unknown,
) {
  const items = all
    .filter(isMeant)
    .toReversed()
    .toSorted((a, b) => b.created - a.created)
  const after = form.get('starting_after')
  const from = after ? items.findIndex(({ id }) => id === after) + 1 : 0
  const to = from + Number(form.get('limit') ?? 10)
  return { object: 'list', data: items.slice(from, to).map((item) => shown(item)), has_more: to < items.length }
}

const errorAnswer = ({ status, body }: StripeProblem): Answer => ({ status, body: { error: body } })

/** Sends the answer, unless it is lost on the way. */
function lose(response: ServerResponse, fault: StripeFault | undefined, answer: Answer, headers = {}): void {
  if (fault?.how === 'hang') return
  if (fault?.how === 'close') return void response.destroy()
  if (fault?.how !== 'cut') return send(response, answer, headers)
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': 1000 })
  response.write('{"id": "p', () => response.destroy())
}

function send(response: ServerResponse, { status, body }: Answer, headers = {}): void {
  const requestId = `req_${randomBytes(6).toString('hex')}`
  response.writeHead(status, { 'content-type': 'application/json', 'request-id': requestId, ...headers })
  response.end(JSON.stringify(body))
}
