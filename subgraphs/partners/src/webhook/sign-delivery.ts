import { Webhook } from 'standardwebhooks'

export interface SignedHeaders {
  readonly 'webhook-id': string
  readonly 'webhook-timestamp': string
  readonly 'webhook-signature': string
}

/**
 * The headers by which a receiver knows that a body is ours and of now: https://www.standardwebhooks.com. One signature
 * for each secret, so that either verifies while one replaces the other.
 */
export function signDelivery(
  messageId: string,
  body: string,
  secrets: readonly Uint8Array[],
  now: Date,
): SignedHeaders {
  return {
    'webhook-id': messageId,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1_000)),
    'webhook-signature': secrets
      .map((secret) => new Webhook(secret, { format: 'raw' }).sign(messageId, now, body))
      .join(' '),
  }
}
