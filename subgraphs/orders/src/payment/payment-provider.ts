import type { Money } from '@cartograph/money'

/**
 * What takes money for us. Whatever is asked twice, at once or later, moves money once: payments and refunds carry a
 * key of ours, and a payment that is where a request would bring it is answered as it is. A key that comes again with
 * other content is refused. Every method may throw PaymentOutcomeUnknownError; what the request did is found out by
 * `findPayment` or `hasRefund` before it is sent again. After a PaymentRefusedError nothing has moved.
 */
export interface PaymentProvider {
  readonly name: 'sandbox' | 'stripe'
  /**
   * Opens a payment at the provider, which moves no money yet, and answers the provider's id of it. The same key opens
   * one payment, so this may be repeated until it answers, within a day. Throws PaymentRefusedError when the provider
   * will have nothing to do with the amount or the means of payment.
   */
  openPayment(request: PaymentRequest): Promise<string>
  /**
   * Holds the amount on the customer's means of payment, or says why not. To be called again when the customer is back
   * from the `url` of ACTION_REQUIRED. A payment that is past this is answered as it is, whatever it is.
   */
  authorizePayment(paymentId: string): Promise<PaymentState>
  /** What the provider knows of the payment now, strongly consistent; null when it has never heard of it. */
  findPayment(paymentId: string): Promise<PaymentState | null>
  /** Takes the held amount, all of it. A payment that is captured already is answered as it is; any other is refused. */
  capturePayment(paymentId: string): Promise<PaymentState>
  /**
   * Lets go of what is held, or of a payment that was never authorised or was declined. A voided payment is answered
   * as it is; a captured one is refused.
   */
  voidPayment(paymentId: string): Promise<PaymentState>
  /**
   * Gives a part of a captured payment back. Throws PaymentRefusedError when the provider will not: more than is left,
   * another currency, nothing captured.
   */
  refundPayment(request: RefundRequest): Promise<void>
  /** Whether the refund with this key was made, strongly consistent. One that failed later, at the bank, was not. */
  hasRefund(paymentId: string, key: string): Promise<boolean>
  /**
   * The payments opened before `before` that still hold money or wait for the customer (OPENED, ACTION_REQUIRED,
   * AUTHORIZED), with the key each was opened under: what a reconciliation compares with the checkouts. In the
   * provider's order, and without those so old that the provider has let go of the money by itself.
   */
  listUnsettledPayments(before: Date): AsyncIterable<UnsettledPayment>
}

export interface PaymentRequest {
  /** The id of the checkout: unique for ever. */
  readonly key: string
  /** More than nothing; a provider may want more. */
  readonly amount: Money
  /** What the customer pays with, as the provider's own client library has named it; never a card number. */
  readonly paymentMethodToken: string
}

export interface RefundRequest {
  /** The id of the refund: unique for ever. */
  readonly key: string
  readonly paymentId: string
  /** More than nothing, in the currency of the payment. */
  readonly amount: Money
}

export interface UnsettledPayment {
  readonly paymentId: string
  readonly key: string
  readonly state: PaymentState
}

export type PaymentState =
  | { readonly status: 'OPENED' }
  /** The customer must do something first, such as 3-D Secure, at `url`. */
  | { readonly status: 'ACTION_REQUIRED'; readonly url: string }
  | { readonly status: 'AUTHORIZED' }
  | { readonly status: 'CAPTURED'; readonly refundedMinorUnits: number }
  /** Let go of, by us or by the provider: a hold that nobody captures ends by itself. */
  | { readonly status: 'VOIDED' }
  /** The customer's bank or the provider said no; `declineCode` is in the provider's words. */
  | { readonly status: 'DECLINED'; readonly declineCode: string }

/**
 * Nobody knows whether the request was carried out: no answer, a time-out, a broken connection, an error of theirs, or
 * too many requests. It may be carried out yet. Also when the provider does not accept our credentials, which an
 * operator mends while payments wait.
 */
export class PaymentOutcomeUnknownError extends Error {
  override readonly name = 'PaymentOutcomeUnknownError'
}

/** The provider understood and will never carry it out: a capture of a voided payment, a refund of too much. */
export class PaymentRefusedError extends Error {
  override readonly name = 'PaymentRefusedError'
}
