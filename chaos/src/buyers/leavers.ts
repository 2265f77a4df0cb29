import { setTimeout as pause } from 'node:timers/promises'
import { ask, UnansweredError } from './ask.ts'
import type { Client } from './client.ts'
import { operations } from './operations.ts'

interface Registered {
  readonly userRegister: { readonly session: { readonly accessToken: string } | null }
}

interface Erased {
  readonly accountDelete: { readonly deletedUserId: string | null }
}

const password = 'one of those who leave'

/** What users says of an account that is erased, and a gateway of its session. */
const gone = ['The account does not exist', 'The session has ended']

/** Opens an account with a cart and erases it, again and again, so that everybody hears of it. */
export async function comeAndGo(guest: Client): Promise<void> {
  const { market, random } = guest
  for (let round = 1; Date.now() < market.closesAt; round++) {
    // Neither has a key: an account that was opened without an answer is left, and another one is.
    const { userRegister } = await guest.ask<Registered>('userRegister', {
      email: `leaver-${round}@chaos.example`,
      password,
    })
    if (userRegister.session) await erase(guest, { authorization: `Bearer ${userRegister.session.accessToken}` })
    await pause(random.between(500, 1_000))
  }
}

/** Erases the account of a token. One that was erased without an answer is nobody's any more, and says so. */
async function erase(guest: Client, headers: { authorization: string }): Promise<void> {
  const { url, givesUpAt, tale } = guest.market
  for (;;) {
    tale.requests += 1
    try {
      await ask(url, operations.cartCreate, { currencyCode: 'GBP' }, headers)
      const { data } = await ask<Erased>(url, operations.accountDelete, { password }, headers)
      if (data.accountDelete.deletedUserId === null) tale.complaints.push('an account was not erased by its password')
      return
    } catch (error) {
      if (!(error instanceof UnansweredError) || Date.now() > givesUpAt) throw error
      if (gone.some((reason) => error.message.startsWith(`UNAUTHENTICATED: ${reason}`))) return
    }
    await pause(guest.random.between(80, 300))
  }
}
