import { DEMO_PASSWORD, type Random } from '@cartograph/shop-data'
import { ask, type Headers, persist } from './ask.ts'
import { operations } from './operations.ts'
import type { Cards } from './cards.ts'
import type { Tale } from './tale.ts'

/** What every buyer shares: where the shop is, when to give up, and the record of what they are told. */
export interface Market {
  readonly url: string
  readonly tale: Tale
  readonly cards: Cards
  /** When to begin nothing new, and when to give up what was begun; instants in milliseconds. */
  closesAt: number
  givesUpAt: number
}

/** Somebody with a way to say who they are, who repeats every request until it is answered. */
export class Client {
  readonly market: Market
  readonly random: Random
  #headers: Headers

  constructor(market: Market, random: Random, headers: Headers = {}) {
    this.market = market
    this.random = random
    this.#headers = headers
  }

  get headers(): Headers {
    return this.#headers
  }

  /** Signs in; access tokens outlive a run. */
  static async signedIn(market: Market, random: Random, email: string): Promise<Client> {
    const client = new Client(market, random)
    const { sessionCreate } = await client.ask<{ sessionCreate: { session: { accessToken: string } | null } }>(
      'sessionCreate',
      { email, password: DEMO_PASSWORD },
    )
    if (!sessionCreate.session) throw new Error(`${email} could not sign in`)
    return new Client(market, random, { authorization: `Bearer ${sessionCreate.session.accessToken}` })
  }

  /** The same person, who holds the token of a guest's cart as well. */
  withCartToken(token: string): Client {
    return new Client(this.market, this.random, { ...this.#headers, 'cart-token': token })
  }

  async ask<Data>(operation: keyof typeof operations, variables: Record<string, unknown>): Promise<Data> {
    return (await this.askForText<Data>(operation, variables)).data
  }

  /** As `ask`, with the whole answer as it came. */
  askForText<Data>(
    operation: keyof typeof operations,
    variables: Record<string, unknown>,
  ): Promise<{ data: Data; text: string }> {
    return persist(this.market.givesUpAt, this.random, () => {
      this.market.tale.requests += 1
      return ask<Data>(this.market.url, operations[operation], variables, this.#headers)
    })
  }
}
