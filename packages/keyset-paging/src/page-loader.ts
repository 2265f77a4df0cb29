import DataLoader from 'dataloader'
import type { CursorKey } from './cursor.ts'
import type { PageRequest } from './page-request.ts'

/** A page of the list that `ownerId` has. */
export interface OwnedPage {
  readonly ownerId: string
  readonly page: PageRequest
  /** Where given, the list ends with what happened by then. */
  readonly until?: Date | null
}

/** Pages of many owners' lists, all of one size and direction: what one statement can answer. */
export interface OwnedPages {
  readonly ownerIds: readonly string[]
  /** Where each page starts; null for the beginning of the list. */
  readonly from: readonly (CursorKey | null)[]
  /** Where each list ends; null for where it does. */
  readonly until: readonly (Date | null)[]
  readonly size: number
  readonly backward: boolean
}

/** A row of one of several pages, which it names by its place in OwnedPages, counted from 1. */
export interface RowOfPage {
  readonly request: number
}

/**
 * A loader for one request of pages that belong to parents, such as the orders of each of many users: `find` is asked
 * once for all pages of a tick that have the same size and direction, and answers each page's rows in their order.
 */
export function pageLoaderOf<Row extends RowOfPage>(find: (pages: OwnedPages) => Promise<readonly Row[]>) {
  return new DataLoader<OwnedPage, Row[], string>(
    async (keys) => {
      const rowsOf = new Map<OwnedPage, Row[]>(keys.map((key) => [key, []]))
      const groups = Map.groupBy(keys, ({ page }) => `${page.size} ${page.backward}`)
      await Promise.all(
        groups.values().map(async (group) => {
          const { size, backward } = group[0]!.page
          const ownerIds = group.map(({ ownerId }) => ownerId)
          const from = group.map(({ page }) => page.from)
          const until = group.map((key) => key.until ?? null)
          const rows = await find({ ownerIds, from, until, size, backward })
          for (const row of rows) rowsOf.get(group[row.request - 1]!)!.push(row)
        }),
      )
      return keys.map((key) => rowsOf.get(key)!)
    },
    { cacheKeyFn: ({ ownerId, page, until }) => JSON.stringify([ownerId, page, until]) },
  )
}

export type PageLoader<Row extends RowOfPage> = ReturnType<typeof pageLoaderOf<Row>>

/** The first `(instant, uuid)` keys beyond every row, where a page begins that starts from no cursor. */
const beyondAll = {
  ascending: ['-infinity', '00000000-0000-0000-0000-000000000000'],
  descending: ['infinity', 'ffffffff-ffff-ffff-ffff-ffffffffffff'],
} as const

/**
 * The keys that pages ordered by `(instant, uuid)` start from, as two columns without nulls, so that an index can be
 * entered at each.
 */
export function startsOf({ from }: OwnedPages, reading: keyof typeof beyondAll): { instants: string[]; ids: string[] } {
  const keys = from.map((key) => key ?? beyondAll[reading])
  return { instants: keys.map(([instant]) => String(instant)), ids: keys.map(([, id]) => String(id)) }
}
