import { type Database, Prisma } from '../database.ts'
import { erasedAddress } from './erased-buyer.ts'

/**
 * Takes name, e-mail address and address out of one order, those of a customer or everybody's, as far as the customer is deleted and
 * nothing is still to be sent; they are nobody's from then on. What was bought, what it cost and the country of its tax
 * stay: books are kept. Again it changes nothing. Answers how many orders it changed.
 */
export async function eraseBuyers(
  tx: Database,
  of: { readonly customerId: string } | { readonly orderId: string } | 'everybody',
): Promise<number> {
  return tx.$executeRaw`
    update customer_order o set customer_id = null, email = null,
      shipping_address = case when shipping_address is not null then ${erasedAddress(Prisma.sql`shipping_address`)} end
    from deleted_customer d
    where ${chosenBy(of)} and d.customer_id = o.customer_id and o.status not in ('CONFIRMED', 'PARTIALLY_FULFILLED')`
}

function chosenBy(of: Parameters<typeof eraseBuyers>[1]): Prisma.Sql {
  if (of === 'everybody') return Prisma.sql`true`
  return 'orderId' in of ? Prisma.sql`o.id = ${of.orderId}::uuid` : Prisma.sql`o.customer_id = ${of.customerId}::uuid`
}
