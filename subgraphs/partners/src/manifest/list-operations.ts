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
import type { PublishedOperation } from './published-operation.ts'

/** A page of a manifest's operations, by name and then id. The same page of many manifests is one statement. */
export async function listOperations(
  pages: PageLoader<PublishedOperation & RowOfPage>,
  manifestId: string,
  args: PageArguments,
): Promise<Connection<PublishedOperation>> {
  const page = pageRequest(`operations:${manifestId}`, ['text', 'text'], args)
  const rows = await pages.load({ ownerId: manifestId, page })
  return connection(
    page,
    rows,
    ({ name, id }) => [name, id],
    (operation) => operation,
  )
}

export async function findPagesOfOperations(
  db: Database,
  pages: OwnedPages,
): Promise<(PublishedOperation & RowOfPage)[]> {
  const direction = pages.backward ? Prisma.sql`desc` : Prisma.sql`asc`
  const beyond = pages.backward ? Prisma.sql`<` : Prisma.sql`>`
  const names = pages.from.map((key) => (key ? String(key[0]) : null))
  const ids = pages.from.map((key) => (key ? String(key[1]) : null))
  return db.$queryRaw<(PublishedOperation & RowOfPage)[]>`
    select k.request::int as request, o.*
    from unnest(${[...pages.ownerIds]}::uuid[], ${names}::text[], ${ids}::text[])
      with ordinality as k (manifest_id, from_name, from_id, request)
    cross join lateral (
      select p.partner_id as "partnerId", p.operation_id as id, p.name, p.type::text as type, p.body, m.cost
      from manifest_operation m
      join persisted_operation p on p.partner_id = m.partner_id and p.operation_id = m.operation_id
      where m.manifest_id = k.manifest_id
        and (k.from_name is null or (p.name collate "C", p.operation_id collate "C") ${beyond} (k.from_name, k.from_id))
      order by p.name collate "C" ${direction}, p.operation_id collate "C" ${direction} limit ${pages.size + 1}
    ) o
    order by k.request, o.name collate "C" ${direction}, o.id collate "C" ${direction}`
}
