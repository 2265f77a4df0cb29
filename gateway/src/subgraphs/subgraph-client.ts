import { setTimeout as pause } from 'node:timers/promises'
import type { RequestErrorCode } from '@cartograph/error-catalogue'
import type { SubgraphAnswer, SubgraphRequest } from '@cartograph/plan-executor'
import { Pool } from 'undici'
import { ByteBudget } from './byte-budget.ts'
import { CircuitBreaker } from './circuit-breaker.ts'
import { exchange, type ExchangeAnswer, ExchangeError, type ExchangeFailure } from './exchange.ts'
import { type FetchTrace, traceOfFetch } from './fetch-trace.ts'
import type { RequestLifetime } from './request-lifetime.ts'
import { RetryBudget } from './retry-budget.ts'
import { parseAnswer } from './subgraph-answer.ts'

/** How many milliseconds the caller waits for the answer still: what comes later is not read. */
export const deadlineHeader = 'request-deadline-ms'

/** Of one answer; our largest pages are a twentieth of this. */
const mostAnswerBytes = 4 * 1024 * 1024
/** Of one answer. An empty list takes three bytes to write and forty to hold; our largest pages have a few thousand values. */
const mostAnswerValues = 200_000
/** Of all answers that a subgraph gives at a time. */
const mostBytesAtATime = 16 * 1024 * 1024
const mostConnections = 64
/** A retry follows after a random part of this, so that those who failed together do not come back together. */
const longestJitterMs = 50

/** What of a client's request an exchange with a subgraph needs. */
export interface RequestScope {
  readonly lifetime: RequestLifetime
  /** Where to note the requests to subgraphs, for a client that asked for it. */
  readonly trace?: FetchTrace[] | undefined
}

export interface SubgraphClientOptions {
  readonly name: string
  readonly url: string
  /** For one request, whatever else the deadline of the client's request leaves. */
  readonly deadlineMs: number
  /** What goes with a body besides its type: who asks, and a signature. */
  readonly headersOf: (request: { path: string; body: string }, context: unknown) => Record<string, string>
}

/** `not-asked`: the breaker is open. */
type Failure = ExchangeFailure | 'not-asked'

interface Outcome {
  readonly answer: SubgraphAnswer
  readonly receivedBytes: number
  readonly failure?: RequestErrorCode
}

/**
 * Sends GraphQL to one subgraph over pooled keep-alive connections. Each request has a deadline; what only reads is sent
 * once more when the connection failed, under a budget, and given up when the client leaves; a subgraph that does not
 * answer in time is not asked for a while. It never throws: what fails is an answer with an error that names the subgraph.
 */
export class SubgraphClient {
  readonly #options: SubgraphClientOptions
  readonly #path: string
  readonly #pool: Pool
  readonly #breaker = new CircuitBreaker()
  readonly #retries = new RetryBudget()
  readonly #budget = new ByteBudget(mostBytesAtATime)

  constructor(options: SubgraphClientOptions) {
    const { origin, pathname, search } = new URL(options.url)
    this.#options = options
    this.#path = `${pathname}${search}`
    this.#pool = new Pool(origin, { connections: mostConnections, keepAliveTimeout: 30_000 })
  }

  async send(request: SubgraphRequest, scope: RequestScope): Promise<SubgraphAnswer> {
    const { lifetime, trace } = scope
    const startedAt = performance.now()
    let retries = 0
    if (request.isQuery) this.#retries.deposit()
    let outcome = await this.#attempt(request, lifetime)
    if (outcome === 'refused' || outcome === 'cut') {
      if (request.isQuery && !lifetime.isAbandoned && this.#retries.withdraw()) {
        retries = 1
        await pause(Math.random() * longestJitterMs)
        outcome = await this.#attempt(request, lifetime)
      }
    }
    const { answer, receivedBytes, failure } = typeof outcome === 'string' ? this.#failed(outcome) : outcome
    trace?.push(traceOfFetch(request, lifetime, { startedAt, receivedBytes, retries, failure }))
    return answer
  }

  close(): Promise<void> {
    return this.#pool.close()
  }

  async #attempt({ body, isQuery, context }: SubgraphRequest, lifetime: RequestLifetime): Promise<Outcome | Failure> {
    const deadlineMs = Math.min(this.#options.deadlineMs, lifetime.remainingMs())
    if (deadlineMs <= 0) return 'timeout'
    if (!this.#breaker.admits()) return 'not-asked'
    try {
      const answer = await exchange(this.#pool, {
        path: this.#path,
        headers: {
          'content-type': 'application/json',
          accept: 'application/json',
          [deadlineHeader]: String(Math.ceil(deadlineMs)),
          ...this.#options.headersOf({ path: this.#path, body }, context),
        },
        body,
        deadlineMs,
        mostBytes: mostAnswerBytes,
        mostValues: mostAnswerValues,
        budget: this.#budget,
        // What changes something is better known to have happened than given up.
        lifetime: isQuery ? lifetime : null,
      })
      this.#breaker.succeeded()
      return this.#outcomeOf(answer)
    } catch (error) {
      const failure = error instanceof ExchangeError ? error.failure : 'cut'
      // One that is refused or cut off is over at once, and may be back as soon: there is nothing to be spared. One that
      // had less time than its own deadline pays for those that were asked before it.
      const isLate = failure === 'timeout' && deadlineMs === this.#options.deadlineMs
      if (isLate || failure === 'too-large' || failure === 'not-http') this.#breaker.failed()
      else this.#breaker.learnedNothing()
      return failure
    }
  }

  #outcomeOf({ status, body }: ExchangeAnswer): Outcome {
    const answer = parseAnswer(body.toString())
    if (answer) return { answer, receivedBytes: body.length }
    const failure = status >= 500 ? this.#unavailable() : this.#malformed()
    return { ...failure, receivedBytes: body.length }
  }

  #failed(failure: Failure): Outcome {
    const { name } = this.#options
    switch (failure) {
      case 'timeout':
        return failedAnswer('SUBGRAPH_TIMEOUT', name, `The ${name} service did not answer in time.`)
      case 'too-large':
        return this.#malformed()
      case 'not-asked':
      case 'refused':
      case 'cut':
      case 'not-http':
      case 'abandoned':
        return this.#unavailable()
    }
  }

  #unavailable(): Outcome {
    const { name } = this.#options
    return failedAnswer('SUBGRAPH_UNAVAILABLE', name, `The ${name} service is unavailable.`)
  }

  #malformed(): Outcome {
    const { name } = this.#options
    return failedAnswer(
      'SUBGRAPH_MALFORMED_RESPONSE',
      name,
      `The ${name} service answered something that is not GraphQL.`,
    )
  }
}

function failedAnswer(code: RequestErrorCode, service: string, message: string): Outcome {
  return {
    answer: { data: null, errors: [{ message, extensions: { code, service } }] },
    receivedBytes: 0,
    failure: code,
  }
}
