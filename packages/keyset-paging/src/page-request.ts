import { requestError } from '@cartograph/error-catalogue'
import { type CursorKey, decodeCursor, type KeyShape } from './cursor.ts'

export const maximumPageSize = 100
export const defaultPageSize = 20

export interface PageArguments {
  readonly first?: number | null | undefined
  readonly after?: string | null | undefined
  readonly last?: number | null | undefined
  readonly before?: string | null | undefined
}

/** A page of a keyset-ordered list: `size` rows after `from`, in the list's order, or before it when `backward`. */
export interface PageRequest {
  readonly list: string
  readonly size: number
  readonly backward: boolean
  readonly from: CursorKey | null
}

/**
 * Checks the arguments of a Relay connection (https://relay.dev/graphql/connections.htm) against `list`, the identity
 * of the list: its name, sort order and filter; `shape` is that of its keys. Throws INVALID_PAGE or INVALID_CURSOR; a cursor of another list is one.
 */
export function pageRequest(list: string, shape: KeyShape, args: PageArguments, size = defaultPageSize): PageRequest {
  const { first, after, last, before } = args
  if (first != null && last != null) throw requestError('INVALID_PAGE', 'Give first or last, not both.')
  if (last != null && after != null) throw requestError('INVALID_PAGE', 'after goes with first; last goes with before.')
  if (last == null && before != null)
    throw requestError('INVALID_PAGE', 'before goes with last; first goes with after.')
  const backward = last != null
  const asked = backward ? last : (first ?? size)
  if (asked < 1 || asked > maximumPageSize) {
    throw requestError(
      'INVALID_PAGE',
      `${backward ? 'last' : 'first'} is ${asked}; it must be from 1 to ${maximumPageSize}.`,
    )
  }
  const cursor = backward ? before : after
  return { list, size: asked, backward, from: cursor == null ? null : decodeCursor(list, shape, cursor) }
}
