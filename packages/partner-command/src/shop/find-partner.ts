import { allPages, type Connection } from './all-pages.ts'
import { partnerNames } from './documents.ts'
import type { Shop } from './shop.ts'

/** A partner as the shop knows it. */
export interface KnownPartner {
  readonly id: string
  readonly name: string
  readonly scopes: readonly string[]
}

/** Every partner of the shop, by name. */
export async function knownPartners(shop: Shop): Promise<KnownPartner[]> {
  const edges = await allPages(
    async (after) =>
      (await shop.ask<{ partners: Connection<{ readonly node: KnownPartner }> }>(partnerNames, { after })).partners,
  )
  return edges.map(({ node }) => node)
}

/** The partner of that name; throws a sentence that lists the names there are, and says how to add it. */
export async function findPartner(shop: Shop, name: string): Promise<KnownPartner> {
  const partners = await knownPartners(shop)
  const found = partners.find((partner) => partner.name === name)
  if (found) return found
  const others = partners.map((partner) => partner.name).join(', ')
  const add = `pnpm partner create ${name.includes(' ') ? JSON.stringify(name) : name} --points N`
  throw new Error(`There is no partner "${name}"${others && `, but ${others}`}. To add it: ${add}`)
}
