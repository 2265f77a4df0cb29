import { createServer, type Server } from 'node:http'
import { text } from 'node:stream/consumers'
import { Webhook } from 'standardwebhooks'

/** An event of the shop: https://www.standardwebhooks.com */
export interface ShopEvent {
  /** The same however often it comes. */
  readonly id: string
  readonly type: string
  readonly timestamp: string
  readonly data: Readonly<Record<string, unknown>>
}

/**
 * A server that takes the shop's events: 204 once `handle` has done with one, 400 for what the shop has not signed with
 * `secret`, and 500 when `handle` throws, so that the shop sends it again. What was done with already is taken, and not handled
 * again while this process lives.
 */
export function webhookReceiver(secret: string, handle: (event: ShopEvent) => Promise<void>): Server {
  const webhook = new Webhook(secret)
  const done = new Set<string>()
  return createServer((request, response) => {
    const answer = async (): Promise<number> => {
      const body = await text(request)
      const id = String(request.headers['webhook-id'])
      let event: Omit<ShopEvent, 'id'>
      try {
        event = webhook.verify(body, request.headers as Record<string, string>) as Omit<ShopEvent, 'id'>
      } catch {
        return 400
      }
      if (done.has(id)) return 204
      await handle({ ...event, id })
      done.add(id)
      return 204
    }
    void answer().then(
      (status) => response.writeHead(status).end(),
      () => response.writeHead(500).end(),
    )
  })
}
