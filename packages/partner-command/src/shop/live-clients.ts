import type { Client } from '@cartograph/client-checks'
import type { PersistedOperation } from '@cartograph/persisted-operations'
import { allPages, type Connection } from './all-pages.ts'
import { manifestPage, operationPage } from './documents.ts'
import { type KnownPartner, knownPartners } from './find-partner.ts'
import type { Shop } from './shop.ts'

interface ManifestEdge {
  readonly cursor: string
  readonly node: { readonly id: string; readonly status: 'ACTIVE' | 'SUNSET' | 'RETIRED' }
}

interface OperationEdge {
  readonly node: Omit<PersistedOperation, 'type'> & { readonly type: 'QUERY' | 'MUTATION' }
}

interface OperationPage {
  readonly partner: {
    readonly manifests: {
      readonly edges: readonly {
        readonly node: { readonly id: string; readonly operations: Connection<OperationEdge> }
      }[]
    }
  }
}

/** The partners of a shop with every operation of theirs that still runs there, of whichever manifest; those without any are left out. */
export async function liveClients(shop: Shop): Promise<Client[]> {
  const clients: Client[] = []
  for (const partner of await knownPartners(shop)) {
    const operations = await liveOperations(shop, partner)
    if (operations.length > 0) clients.push({ name: `${partner.name} (live)`, scopes: partner.scopes, operations })
  }
  return clients
}

async function liveOperations(shop: Shop, { id: partnerId, name }: KnownPartner): Promise<PersistedOperation[]> {
  const manifests = await allPages(
    async (after) =>
      (await shop.ask<{ partner: { manifests: Connection<ManifestEdge> } }>(manifestPage, { partnerId, after })).partner
        .manifests,
  )
  // Versions share most operations; an id has one body for good.
  const operations = new Map<string, PersistedOperation>()
  for (const [index, { node: manifest }] of manifests.entries()) {
    if (manifest.status === 'RETIRED') continue
    const afterManifest = manifests[index - 1]?.cursor ?? null
    const edges = await allPages(async (after) => {
      const { partner } = await shop.ask<OperationPage>(operationPage, { partnerId, afterManifest, after })
      const [edge] = partner.manifests.edges
      if (edge?.node.id !== manifest.id) throw new Error(`${name} has just published another manifest: ask again.`)
      return edge.node.operations
    })
    for (const { node } of edges)
      operations.set(node.id, { ...node, type: node.type === 'QUERY' ? 'query' : 'mutation' })
  }
  return [...operations.values()]
}
