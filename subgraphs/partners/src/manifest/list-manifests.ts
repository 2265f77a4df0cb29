import {
  type Connection,
  connection,
  type OwnedPages,
  type PageArguments,
  type PageLoader,
  pageRequest,
  type RowOfPage,
} from '@cartograph/keyset-paging'
import { type Database, Prisma } from '../database.ts'
import type { Manifest } from './manifest.ts'

/** A page of a partner's manifests, the newest first. The same page of many partners is one statement. */
export async function listManifests(
  pages: PageLoader<Manifest & RowOfPage>,
  partnerId: string,
  args: PageArguments,
): Promise<Connection<Manifest>> {
  const page = pageRequest(`manifests:${partnerId}`, ['integer'], args)
  const rows = await pages.load({ ownerId: partnerId, page })
  return connection(
    page,
    rows,
    (manifest) => [manifest.version],
    (manifest) => manifest,
  )
}

export async function findPagesOfManifests(db: Database, pages: OwnedPages): Promise<(Manifest & RowOfPage)[]> {
  const direction = pages.backward ? Prisma.sql`asc` : Prisma.sql`desc`
  const beyond = pages.backward ? Prisma.sql`>` : Prisma.sql`<`
  const from = pages.from.map((key) => Number(key?.[0] ?? (pages.backward ? 0 : 2_147_483_647)))
  return db.$queryRaw<(Manifest & RowOfPage)[]>`
    select k.request::int as request, m.*
    from unnest(${[...pages.ownerIds]}::uuid[], ${from}::int[]) with ordinality as k (partner_id, from_version, request)
    cross join lateral (
      select m.id, m.partner_id as "partnerId", m.version, m.published_at as "publishedAt",
        m.deprecated_at as "deprecatedAt", m.sunset_at as "sunsetAt"
      from manifest m where m.partner_id = k.partner_id and m.version ${beyond} k.from_version
      order by m.version ${direction} limit ${pages.size + 1}
    ) m
    order by k.request, m.version ${direction}`
}
