import { createHash, randomUUID } from 'node:crypto'
import {
  cartContents,
  type Command,
  type EventEnvelope,
  lockCart,
  releaseStock,
  reserveStock,
  unlockCart,
  variantAvailability,
  variantOffers,
} from '@cartograph/contracts'
import { answerQuestions, createHttpServer, listen, requireSignature } from '@cartograph/service-runtime'
import type { FastifyInstance } from 'fastify'
import type { z } from 'zod'

/** What befalls the next requests to a peer: its answer is lost after the effect, it fails before it, or it is away. */
export type Fault = 'answer lost' | 'fails' | 'is down'

interface Offer {
  unitPrice: number
  purchasable: boolean
  weight: number
}
interface Cart {
  readonly tokenHash: string | null
  readonly userId: string | null
  readonly lines: { variantId: string; quantity: number }[]
  version: number
  lockedBy: string | null
  checkedOut: boolean
}

type Carries = <Input extends z.ZodType, Result extends z.ZodType>(
  command: Command<Input, Result>,
  carryOut: (input: z.output<Input>) => z.input<Result>,
) => void

/** Plays carts, inventory, partners, products and recommendations: they keep the promises of the contracts, in memory. */
export async function startPeers(secret: string) {
  const offers = new Map<string, Offer>()
  const carts = new Map<string, Cart>()
  const available = new Map<string, number>()
  const reserved = new Map<string, { variantId: string; quantity: number }[]>()
  const ended = new Set<string>()
  const events: { to: string; event: EventEnvelope }[] = []
  const faults = new Map<string, Fault[]>()
  const sent: string[] = []
  const servers: FastifyInstance[] = []

  /** A server whose requests meet the faults that a test has put in their way. */
  async function play(name: string, routes: (server: FastifyInstance, carries: Carries) => void): Promise<string> {
    const server = createHttpServer({ bodyLimitBytes: 1_000_000 })
    servers.push(server)
    requireSignature(server, [secret])
    server.addHook('preHandler', async (request, reply) => {
      const [fault] = faults.get(request.url) ?? []
      sent.push(request.url)
      if (fault === 'is down') {
        faults.get(request.url)!.shift()
        request.raw.socket.destroy()
      } else if (fault === 'fails') {
        faults.get(request.url)!.shift()
        await reply.code(500).send({ message: 'no' })
      }
    })
    server.addHook('onSend', async (request) => {
      const waiting = faults.get(request.url)
      if (waiting?.[0] !== 'answer lost') return
      waiting.shift()
      request.raw.socket.destroy()
    })
    const results = new Map<string, { input: string; result: unknown }>()
    routes(server, (command, carryOut) => {
      server.post<{ Body: { key: string; input: unknown } }>(`/commands/${command.name}`, async (request, reply) => {
        const { key, input } = request.body
        const earlier = results.get(key)
        if (earlier && earlier.input !== JSON.stringify(input)) return reply.code(409).send({ message: 'reused' })
        const result = earlier?.result ?? carryOut(command.input.parse(input))
        results.set(key, { input: JSON.stringify(input), result })
        return { result }
      })
    })
    server.post<{ Body: { events: EventEnvelope[] } }>('/events', async (request) => {
      for (const event of request.body.events) events.push({ to: name, event })
      return { outcomes: request.body.events.map(() => 'done') }
    })
    return listen(server, '127.0.0.1', 0)
  }

  const isBuyers = (cart: Cart, { userId, cartTokenHash }: { userId: string | null; cartTokenHash: string | null }) =>
    cart.userId === null ? cart.tokenHash === cartTokenHash : cart.userId === userId

  const urls = {
    carts: await play('carts', (server, carries) => {
      carries(lockCart, (input): z.input<typeof lockCart.result> => {
        const cart = carts.get(input.cartId)
        if (!cart || !isBuyers(cart, input)) return { outcome: 'not-found' }
        if (cart.checkedOut) return { outcome: 'checked-out' }
        if (cart.lockedBy !== null && cart.lockedBy !== input.checkoutId) return { outcome: 'locked-by-another' }
        const { version } = cart
        if (input.expectedVersion !== null && input.expectedVersion !== version)
          return { outcome: 'changed', currentVersion: version }
        if (cart.lines.length === 0) return { outcome: 'empty' }
        cart.lockedBy = input.checkoutId
        return { outcome: 'locked', version, currencyCode: 'GBP', lines: cart.lines }
      })
      carries(unlockCart, ({ checkoutId, cartId }) => {
        const cart = carts.get(cartId)
        if (cart?.lockedBy === checkoutId) cart.lockedBy = null
        return {}
      })
      const answer = async (input: z.output<typeof cartContents.input>) => {
        const cart = carts.get(input.cartId)
        if (!cart || !isBuyers(cart, input)) return null
        return { version: cart.version, currencyCode: 'GBP', lines: cart.lines }
      }
      answerQuestions(server, [{ question: cartContents, answer }])
    }),
    inventory: await play('inventory', (server, carries) => {
      const answer = async ({ variantIds }: { variantIds: string[] }) =>
        variantIds.map((variantId) => ({ variantId, available: available.get(variantId) ?? 0 }))
      answerQuestions(server, [{ question: variantAvailability, answer }])
      carries(reserveStock, ({ checkoutId, lines }): z.input<typeof reserveStock.result> => {
        if (ended.has(checkoutId)) return { outcome: 'released' }
        const shortages = lines
          .filter(({ variantId, quantity }) => (available.get(variantId) ?? 0) < quantity)
          .map(({ variantId, quantity: requested }) => ({
            variantId,
            requested,
            available: available.get(variantId) ?? 0,
          }))
        if (shortages.length > 0) return { outcome: 'short', shortages }
        for (const { variantId, quantity } of lines) available.set(variantId, available.get(variantId)! - quantity)
        reserved.set(checkoutId, lines)
        return { outcome: 'reserved' }
      })
      carries(releaseStock, ({ checkoutId }) => {
        ended.add(checkoutId)
        for (const { variantId, quantity } of reserved.get(checkoutId) ?? [])
          available.set(variantId, available.get(variantId)! + quantity)
        reserved.delete(checkoutId)
        return {}
      })
    }),
    products: await play('products', (server) => {
      const answer = async ({ variantIds }: { variantIds: string[] }) =>
        variantIds.flatMap((variantId) => {
          const offer = offers.get(variantId)
          const details = { productId: variantId, sku: `SKU-${variantId.slice(-4)}`, title: 'Mug', currencyCode: 'GBP' }
          return offer ? [{ variantId, ...details, version: 1, ...offer }] : []
        })
      answerQuestions(server, [{ question: variantOffers, answer }])
    }),
    partners: await play('partners', () => {}),
    recommendations: await play('recommendations', () => {}),
  }
  return {
    urls,
    offers,
    carts,
    available,
    /** What is promised, by checkout. */
    reserved,
    /** What was delivered, to whom. */
    events,
    /** The paths that were asked for, in their order. */
    sent,
    /** What befalls the next requests to this path, one after the other. */
    befalls: (url: string, ...next: Fault[]) => void faults.set(url, next),
    sells({ unitPrice = 1_250, stock = 100, weight = 400 } = {}): string {
      const id = randomUUID()
      offers.set(id, { unitPrice, purchasable: true, weight })
      available.set(id, stock)
      return id
    },
    putCart({
      token = null,
      userId = null,
      lines,
    }: {
      token?: string | null
      userId?: string | null
      lines: Cart['lines']
    }) {
      const id = randomUUID()
      const tokenHash = token === null ? null : createHash('sha256').update(token).digest('base64url')
      carts.set(id, { tokenHash, userId, lines, version: 3, lockedBy: null, checkedOut: false })
      return id
    },
    stop: () => Promise.all(servers.map((server) => server.close())),
  }
}
