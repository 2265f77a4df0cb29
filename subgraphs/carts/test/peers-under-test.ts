import { randomUUID } from 'node:crypto'
import { type Question, variantAvailability, variantOffers } from '@cartograph/contracts'
import { answerQuestions, createHttpServer, listen, requireSignature } from '@cartograph/service-runtime'

/** How a peer behaves: as it should, with an error, not at all, with what no contract allows, or cutting the line. */
export type Behaviour = 'answers' | 'fails' | 'hangs' | 'talks nonsense' | 'is down'

interface PeerState {
  behaviour: Behaviour
  /** The variants of each question that came, in the order of coming. */
  readonly asked: string[][]
}

async function startPeer(secret: string, state: PeerState, question: Question, answer: (ids: string[]) => unknown) {
  const server = createHttpServer({ bodyLimitBytes: 1_000_000 })
  server.addHook('onRequest', async (request) => {
    if (state.behaviour === 'is down') request.raw.destroy()
  })
  requireSignature(server, [secret])
  const reply = async ({ variantIds }: { variantIds: string[] }): Promise<unknown> => {
    state.asked.push(variantIds)
    if (state.behaviour === 'fails') throw new Error('no')
    if (state.behaviour === 'hangs') await new Promise(() => {})
    return state.behaviour === 'talks nonsense' ? { nonsense: true } : answer(variantIds)
  }
  answerQuestions(server, [{ question, answer: reply }])
  return { url: await listen(server, '127.0.0.1', 0), stop: () => server.close() }
}

interface Offer {
  readonly unitPrice: number
  readonly currencyCode: 'EUR' | 'GBP' | 'USD'
  readonly purchasable: boolean
  /** 1 when a test does not say. */
  readonly version?: number
}

/** What a cart does not ask about. */
const ofNoMatter = { productId: randomUUID(), sku: 'SKU-1', title: 'Something', weight: 100 }

/** Plays products: knows the variants a test makes. */
export async function startProducts(secret: string) {
  const offers = new Map<string, Offer>()
  const state: PeerState = { behaviour: 'answers', asked: [] }
  const peer = await startPeer(secret, state, variantOffers, (ids) =>
    ids.flatMap((variantId) =>
      offers.has(variantId) ? [{ variantId, ...ofNoMatter, version: 1, ...offers.get(variantId) }] : [],
    ),
  )
  return Object.assign(state, peer, {
    offers,
    /** A new variant at this price. */
    sells(unitPrice = 1_250, offer: Partial<Offer> = {}): string {
      const id = randomUUID()
      offers.set(id, { unitPrice, currencyCode: 'GBP', purchasable: true, ...offer })
      return id
    },
  })
}

/** Plays inventory: has a million of everything, unless a test says otherwise. */
export async function startInventory(secret: string) {
  const available = new Map<string, number>()
  const state: PeerState = { behaviour: 'answers', asked: [] }
  const peer = await startPeer(secret, state, variantAvailability, (ids) =>
    ids.map((variantId) => ({ variantId, available: available.get(variantId) ?? 1_000_000 })),
  )
  return Object.assign(state, peer, { available })
}
