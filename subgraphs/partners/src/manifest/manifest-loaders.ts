import { pageLoaderOf } from '@cartograph/keyset-paging'
import { loaderOf } from '@cartograph/service-runtime'
import type { Database } from '../database.ts'
import { countRecentCalls } from '../usage/count-recent-calls.ts'
import { countOperations, findManifests } from './find-manifests.ts'
import { findPagesOfManifests } from './list-manifests.ts'
import { findPagesOfOperations } from './list-operations.ts'

/** One request's loaders of manifests: whatever a list's items ask for in one tick is one statement. */
export function createManifestLoaders(db: Database, now: () => Date) {
  return {
    manifest: loaderOf(
      (ids) => findManifests(db, ids),
      (manifest) => manifest.id,
    ),
    operationCountOfManifest: loaderOf(
      (ids) => countOperations(db, ids),
      ({ manifestId }) => manifestId,
    ),
    pagesOfManifests: pageLoaderOf((pages) => findPagesOfManifests(db, pages)),
    pagesOfOperations: pageLoaderOf((pages) => findPagesOfOperations(db, pages)),
    /** By `<partner id> <operation id>`. */
    recentCallsOfOperation: loaderOf(
      (keys) => countRecentCalls(db, keys, now()),
      ({ key }) => key,
    ),
  }
}
