import { DEMO_PASSWORD } from '@cartograph/shop-data'
import type { CommandEnvironment } from '../env.ts'
import { acceptPayload, type Payload } from './accept-payload.ts'
import { signIn, signOut } from './documents.ts'
import { howToSayWho, type Shop, shopAt } from './shop.ts'

export const defaultUrl = 'http://127.0.0.1:4000/graphql'

const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/
const demoAdministrator = { email: 'admin@example.com', password: DEMO_PASSWORD }

interface SignedIn {
  readonly sessionCreate: Payload & {
    readonly session: { readonly accessToken: string; readonly refreshToken: string } | null
  }
}

/**
 * The shop at `url` as whoever the environment names, on this machine without a name as the demo shop's administrator. A
 * session that had to be opened ends with it. Throws a sentence where nobody is named, or who is named is not let in.
 */
export async function openShop(url: string, environment: CommandEnvironment): Promise<Shop & AsyncDisposable> {
  const address = addressOf(url)
  const { CARTOGRAPH_TOKEN: token, CARTOGRAPH_EMAIL: email, CARTOGRAPH_PASSWORD: password } = environment
  if (token) return { ...shopAt(url, token), [Symbol.asyncDispose]: async () => {} }
  if (!email !== !password) throw new Error(`CARTOGRAPH_${email ? 'PASSWORD' : 'EMAIL'} is missing: ${howToSayWho}.`)
  if (!email && !loopback.test(address.hostname)) throw new Error(`Nobody is named who asks ${url}: ${howToSayWho}.`)
  const who = email && password ? { email, password } : demoAdministrator
  const guest = shopAt(url, null)
  const { sessionCreate } = await guest.ask<SignedIn>(signIn, who)
  if (!sessionCreate.session)
    throw new Error(
      `${who.email} is not let in (${sessionCreate.userErrors.map(({ message }) => message).join(' ')}): ${howToSayWho}.`,
    )
  const { accessToken, refreshToken } = sessionCreate.session
  return {
    ...shopAt(url, accessToken),
    async [Symbol.asyncDispose]() {
      acceptPayload((await guest.ask<{ sessionRevoke: Payload }>(signOut, { refreshToken })).sessionRevoke)
    },
  }
}

function addressOf(url: string): URL {
  const address = URL.parse(url)
  if (address?.protocol === 'http:' || address?.protocol === 'https:') return address
  throw new Error(`--url takes the address of a shop like ${defaultUrl}, not "${url}".`)
}
