import { cartsCloseWithOrders } from './carts-close-with-orders.ts'
import { eventsAppliedOnce } from './events-applied-once.ts'
import { everyCheckoutEnds } from './every-checkout-ends.ts'
import { ledgerAddsUp } from './ledger-adds-up.ts'
import { mailsSentOnce } from './mails-sent-once.ts'
import { moneyAddsUp } from './money-adds-up.ts'
import { noDanglingAuthorization } from './no-dangling-authorization.ts'
import { nothingGivenUp } from './nothing-given-up.ts'
import { oneOrderPerKey } from './one-order-per-key.ts'
import { orderIsItsSnapshot } from './order-is-its-snapshot.ts'
import { promisesAreKept } from './promises-are-kept.ts'
import type { Invariant } from './rows.ts'
import { soldWithinReceived } from './sold-within-received.ts'
import { stockNeverNegative } from './stock-never-negative.ts'
import { whatWasToldStands } from './what-was-told-stands.ts'

/** What must hold when a run has settled, by what it is called in the figures. */
export const invariants: Readonly<Record<string, Invariant>> = {
  'available never negative': stockNeverNegative,
  'sold and held within received': soldWithinReceived,
  'the ledger adds up': ledgerAddsUp,
  'orders have their units': promisesAreKept,
  'money adds up': moneyAddsUp,
  'one order per key': oneOrderPerKey,
  'no authorisation left': noDanglingAuthorization,
  'every checkout ends': everyCheckoutEnds,
  'an order is its snapshot': orderIsItsSnapshot,
  'events applied once': eventsAppliedOnce,
  'carts close with orders': cartsCloseWithOrders,
  'nothing given up': nothingGivenUp,
  'mails sent': mailsSentOnce,
  'what was told stands': whatWasToldStands,
}
