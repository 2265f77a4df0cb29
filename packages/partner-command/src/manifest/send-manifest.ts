import type { Progress } from '@cartograph/command-line'
import type { PersistedOperation } from '@cartograph/persisted-operations'
import type { Payload } from '../shop/accept-payload.ts'
import { manifestPublish, operationsAdd } from '../shop/documents.ts'
import type { Shop } from '../shop/shop.ts'
import { manifestParts, type SentOperation } from './manifest-parts.ts'

export interface SentManifest {
  readonly id: string
  readonly version: number
  readonly operationCount: number
}

/** A manifest that was published, or why it was not, a sentence each. */
export type Sent = { readonly manifest: SentManifest } | { readonly problems: readonly string[] }

interface Refused extends Payload {
  readonly userErrors: readonly (Payload['userErrors'][number] & {
    readonly operationId?: string
    readonly operationName?: string | null
  })[]
}

/**
 * Publishes `operations` for a partner: in one request where they fit into it, else stored in parts first, which runs none
 * of them, and then published by their ids. A refused part leaves those before it stored.
 */
export async function sendManifest(
  shop: Shop,
  partnerId: string,
  operations: readonly PersistedOperation[],
  sunsetPreviousAt: string | null,
  progress: Progress,
): Promise<Sent> {
  const parts = manifestParts(operations)
  if (parts.length > 1) {
    const bar = progress.bar('Storing operations', operations.length)
    for (const part of parts) {
      const { persistedOperationsAdd: added } = await shop.ask<{ persistedOperationsAdd: Refused }>(operationsAdd, {
        partnerId,
        operations: part,
      })
      if (added.userErrors.length > 0) return { problems: problemsOf(added, operations) }
      bar.advance(part.length)
    }
    bar.done(`in ${parts.length} parts`)
  }
  const sent: readonly (SentOperation | Pick<SentOperation, 'id'>)[] =
    parts.length > 1 ? operations.map(({ id }) => ({ id })) : (parts[0] ?? [])
  const { manifestPublish: published } = await shop.ask<{
    manifestPublish: Refused & { readonly manifest: SentManifest | null }
  }>(manifestPublish, { partnerId, operations: sent, ...(sunsetPreviousAt !== null && { sunsetPreviousAt }) })
  return published.manifest ? { manifest: published.manifest } : { problems: problemsOf(published, operations) }
}

function problemsOf({ userErrors }: Refused, operations: readonly PersistedOperation[]): string[] {
  return userErrors.map(({ message, operationId, operationName }) => {
    if (operationId === undefined) return message
    const name = operationName ?? operations.find(({ id }) => id === operationId)?.name ?? 'an operation'
    return `${name} (${operationId}): ${message}`
  })
}
