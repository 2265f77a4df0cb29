import { Prisma } from '../database.ts'

/** In place of an address, one that names nobody; its country stays, for what was taxed where. */
export const erasedAddress = (address: Prisma.Sql): Prisma.Sql => Prisma.sql`jsonb_build_object(
  'fullName', 'Erased', 'line1', 'Erased', 'line2', null, 'city', 'Erased', 'postalCode', 'Erased',
  'countryCode', ${address}->>'countryCode')`

/** A checkout's request without what it was paid with, which is nobody's business when it has ended. */
export const endedRequest = Prisma.sql`request - 'paymentMethodToken'`

/** An e-mail address that is none. */
export const erasedEmail = 'erased@invalid'

/** The same without who asked: with an e-mail address that is none, and no more of the address than its country. */
export const erasedRequest = Prisma.sql`${endedRequest} || jsonb_build_object('email', ${erasedEmail}::text,
  'shippingAddress', ${erasedAddress(Prisma.sql`request->'shippingAddress'`)})`
