export interface StripeErrorBody {
  readonly type: 'card_error' | 'invalid_request_error' | 'idempotency_error' | 'api_error'
  readonly message: string
  readonly code?: string
  readonly decline_code?: string
  readonly param?: string
  readonly payment_intent?: unknown
}

/** An answer of Stripe that is an error. Those of requests that were carried out are kept under their Idempotency-Key. */
export class StripeProblem extends Error {
  readonly status: number
  readonly body: StripeErrorBody
  readonly isKept: boolean

  constructor(status: number, body: StripeErrorBody, isKept = true) {
    super(body.message)
    this.status = status
    this.body = body
    this.isKept = isKept
  }
}

/** A request that fails validation: nothing was carried out, so nothing is kept. */
export const invalid = (message: string, more: Partial<StripeErrorBody> = {}, status = 400) =>
  new StripeProblem(status, { type: 'invalid_request_error', message, ...more }, false)
