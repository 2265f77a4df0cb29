import { Prisma } from '../database.ts'

/**
 * Whether the product with this id may be recommended: it is in the catalogue, and one of its variants may be there to
 * buy. Inventory tells what has run out but not what has come in again, so its word counts for a day, and a variant it
 * has said nothing of is taken to be there.
 */
export function isShown(productId: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`exists (
    select from product shown join variant v on v.product_id = shown.id
    where shown.id = ${productId} and shown.active and not exists (
      select from stock s
      where s.variant_id = v.id and s.available = 0 and s.told_at > now() - interval '1 day'))`
}
