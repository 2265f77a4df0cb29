import type { Dispatcher, Pool } from 'undici'
import type { ByteBudget } from './byte-budget.ts'
import { JsonValues } from './json-values.ts'
import type { RequestLifetime } from './request-lifetime.ts'

/** Of an answer smaller than this the values are not counted: they take a few megabytes at most. */
const uncountedBytes = 256 * 1024

/** Why there is no answer. `refused` and `cut` end by themselves and at once; the others are what limits are for. */
export type ExchangeFailure = 'refused' | 'cut' | 'not-http' | 'timeout' | 'too-large' | 'abandoned'

export class ExchangeError extends Error {
  override readonly name = 'ExchangeError'
  readonly failure: ExchangeFailure

  constructor(failure: ExchangeFailure, options?: ErrorOptions) {
    super(`The exchange ended: ${failure}`, options)
    this.failure = failure
  }
}

export interface ExchangeRequest {
  readonly path: string
  readonly headers: Record<string, string>
  readonly body: string
  readonly deadlineMs: number
  readonly mostBytes: number
  readonly mostValues: number
  /** What the answers that are being read may take together. */
  readonly budget: ByteBudget
  /** By which a client that leaves ends the exchange; without it nobody but the deadline does. */
  readonly lifetime: RequestLifetime | null
}

export interface ExchangeAnswer {
  readonly status: number
  readonly body: Buffer
}

/**
 * Posts one body over `pool` and reads the answer whole, within the deadline and no more than so many bytes and values of it.
 * Throws ExchangeError. It is undici's `dispatch`, without the stream, the abort signal and the promises of `request`: an
 * operation makes sixteen of these.
 */
export function exchange(pool: Pool, request: ExchangeRequest): Promise<ExchangeAnswer> {
  const { path, headers, body, deadlineMs, mostBytes, mostValues, budget, lifetime } = request
  return new Promise((resolve, reject) => {
    let controller: Dispatcher.DispatchController | null = null
    let ended: ExchangeFailure | null = null
    let status = 0
    let bytes = 0
    let values: JsonValues | null = null
    const chunks: Buffer[] = []

    const end = (failure: ExchangeFailure) => {
      ended ??= failure
      if (controller) controller.abort(new ExchangeError(ended))
      // It waits for a connection, which undici cannot be told to stop; what comes of it is dropped.
      else settle(() => reject(new ExchangeError(failure)))
    }
    const giveUp = () => end('abandoned')
    const timer = setTimeout(end, deadlineMs, 'timeout')
    const settle = (how: () => void) => {
      clearTimeout(timer)
      lifetime?.finished(giveUp)
      budget.giveBack(bytes)
      bytes = 0
      how()
    }
    lifetime?.add(giveUp)
    if (ended) return

    pool.dispatch(
      { path, method: 'POST', headers, body, headersTimeout: 0, bodyTimeout: 0 },
      {
        onRequestStart(started) {
          controller = started
          if (ended) started.abort(new ExchangeError(ended))
        },
        onResponseStart(_, statusCode, answerHeaders) {
          status = statusCode
          if (Number(answerHeaders['content-length']) > mostBytes) end('too-large')
        },
        onResponseData(_, chunk) {
          if (ended) return
          bytes += chunk.length
          if (!budget.take(chunk.length) || bytes > mostBytes) return end('too-large')
          chunks.push(chunk)
          if (bytes <= uncountedBytes) return
          for (const uncounted of values ? [chunk] : chunks) (values ??= new JsonValues()).add(uncounted)
          if (values!.count > mostValues) end('too-large')
        },
        onResponseEnd() {
          const whole = chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)
          settle(() => resolve({ status, body: whole }))
        },
        onResponseError(_, error) {
          settle(() =>
            reject(error instanceof ExchangeError ? error : new ExchangeError(failureOf(error), { cause: error })),
          )
        },
      },
    )
  })
}

function failureOf(error: unknown): ExchangeFailure {
  const { name, code = '' } = error as NodeJS.ErrnoException
  if (['ECONNREFUSED', 'ENOTFOUND', 'UND_ERR_CONNECT_TIMEOUT'].includes(code)) return 'refused'
  return name === 'HTTPParserError' || code === 'UND_ERR_HEADERS_OVERFLOW' ? 'not-http' : 'cut'
}
