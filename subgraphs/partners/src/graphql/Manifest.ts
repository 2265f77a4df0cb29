import { toGlobalId, tryFromGlobalId } from '@cartograph/global-ids'
import type { ManifestResolvers } from '../generated/resolvers.ts'
import { listOperations } from '../manifest/list-operations.ts'
import { manifestStatus } from '../manifest/manifest.ts'

export const Manifest: ManifestResolvers = {
  __resolveReference: ({ id: globalId }, { loaders }) => {
    const id = tryFromGlobalId('Manifest', globalId)
    return id ? loaders.manifest.load(id) : null
  },
  id: (manifest) => toGlobalId('Manifest', manifest.id),
  status: (manifest, _, { now }) => manifestStatus(manifest, now()),
  operationCount: async ({ id }, _, { loaders }) => (await loaders.operationCountOfManifest.load(id))?.count ?? 0,
  operations: ({ id }, page, { loaders }) => listOperations(loaders.pagesOfOperations, id, page),
}
