import type { Dispatcher, Pool } from 'undici'
import type { RequestLifetime } from './request-lifetime.ts'

/** Why there is no answer. `refused` and `cut` end by themselves and at once; the others are what limits are for. */
export type ExchangeFailure = 'refused' | 'cut' | 'timeout' | 'too-large' | 'abandoned'

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
  /** By which a client that leaves ends the exchange; without it nobody but the deadline does. */
  readonly lifetime: RequestLifetime | null
}

export interface ExchangeAnswer {
  readonly status: number
  readonly text: string
  readonly bytes: number
}

/**
 * Posts one body over `pool` and reads the answer whole, within the deadline and no more than so many bytes of it.
 * Throws ExchangeError. It is undici's `dispatch`, without the stream, the abort signal and the promises of `request`: an
 * operation makes sixteen of these.
 */
export function exchange(pool: Pool, request: ExchangeRequest): Promise<ExchangeAnswer> {
  const { path, headers, body, deadlineMs, mostBytes, lifetime } = request
  return new Promise((resolve, reject) => {
    let controller: Dispatcher.DispatchController | null = null
    let ended: ExchangeFailure | null = null
    let status = 0
    let bytes = 0
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
        onResponseStart(_, statusCode) {
          status = statusCode
        },
        onResponseData(_, chunk) {
          bytes += chunk.length
          if (bytes > mostBytes) end('too-large')
          else chunks.push(chunk)
        },
        onResponseEnd() {
          const whole = chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)
          settle(() => resolve({ status, bytes, text: whole.toString() }))
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
  const { code } = error as NodeJS.ErrnoException
  return code === 'ECONNREFUSED' || code === 'ENOTFOUND' || code === 'UND_ERR_CONNECT_TIMEOUT' ? 'refused' : 'cut'
}
