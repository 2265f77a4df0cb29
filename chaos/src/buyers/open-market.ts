import { seededRandom } from '@cartograph/shop-data'
import { adminEmail, userEmails } from '../shop/shop-records.ts'
import { UnansweredError } from './ask.ts'
import { buy } from './buyer.ts'
import { Client, type Market } from './client.ts'
import { openHotCarts } from './hot-sale.ts'
import { comeAndGo } from './leavers.ts'
import { changeCatalogue, changePrices, receiveMore, serveOrders } from './staff.ts'

export interface Crowd {
  readonly seed: number
  readonly buyers: number
  readonly hotCustomers: number
}

const staffAtOnce = 3

/** Signs everybody in and receives goods: what has to be done before anything breaks. Answers what runs the market. */
export async function openMarket(market: Market, { seed, buyers, hotCustomers }: Crowd): Promise<() => Promise<void>> {
  const randomOf = (name: string) => seededRandom(seed, name)
  const staff = await Client.signedIn(market, randomOf('staff'), adminEmail)
  await receiveMore(staff)
  const users = await Promise.all(
    userEmails.map((email) => Client.signedIn(market, randomOf(`session ${email}`), email)),
  )
  const toServe: string[] = []
  const hotCarts = await openHotCarts(new Client(market, randomOf('hot sale')), hotCustomers)
  return async () => {
    const complain = (who: string) => (error: unknown) => {
      const reason = error instanceof UnansweredError ? `never got an answer: ${error.message}` : String(error)
      market.tale.complaints.push(`${who} ${reason}`)
    }
    let isOpen = true
    const everybody = Array.from({ length: buyers }, (_, index) => {
      const guest = new Client(market, randomOf(`buyer ${index}`))
      const account = users[index]
      const user = account ? new Client(market, guest.random, account.headers) : null
      return buy({ guest, user, hotCarts, toServe }).catch(complain(`buyer ${index}`))
    })
    const service = Array.from({ length: staffAtOnce }, (_, index) => {
      const member = new Client(market, randomOf(`staff ${index}`), staff.headers)
      return serveOrders(member, toServe, () => isOpen).catch(complain(`staff ${index}`))
    })
    const prices = changePrices(new Client(market, randomOf('prices'), staff.headers)).catch(complain('pricing'))
    const catalogue = changeCatalogue(new Client(market, randomOf('catalogue'), staff.headers)).catch(
      complain('catalogue'),
    )
    const leavers = comeAndGo(new Client(market, randomOf('leavers'))).catch(complain('leavers'))
    await Promise.all(everybody)
    isOpen = false
    await Promise.all([...service, prices, catalogue, leavers])
  }
}
