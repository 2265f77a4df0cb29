import { manifestOperations, partnerAccess, partnerVersions } from '@cartograph/contracts'
import type { Peer } from '@cartograph/service-runtime/process'
import { randomUUID } from 'node:crypto'
import type { PartnerDirectory } from './partner-directory.ts'

const deadlineMs = 10_000
/** Some megabytes, if they are large: what is read at a time is garbage afterwards. */
const manifestsOfOneQuestion = 8
/** Of questions for manifests: one is parsed while partners reads the next. */
const mostAtATime = 2

const options = () => ({ deadlineMs, requestId: randomUUID() })

/** The version of every partner there is. Throws UnansweredError. */
export async function versionsOfPartners(partners: Peer): Promise<ReadonlyMap<string, number>> {
  const versions = await partners.ask(partnerVersions, {}, options())
  return new Map(versions.map(({ partnerId, version }) => [partnerId, version]))
}

/**
 * Brings what `directory` knows of these partners, as many as one question may name, up to date, and forgets those that are no
 * more. Manifests that it has are not fetched again. Throws UnansweredError, and then leaves each partner as it was.
 */
export async function loadPartners(
  directory: PartnerDirectory,
  partners: Peer,
  partnerIds: readonly string[],
): Promise<void> {
  const found = await partners.ask(partnerAccess, { partnerIds: [...partnerIds] }, options())
  const missing = directory.missingManifests(found)
  const batches = Array.from({ length: Math.ceil(missing.length / manifestsOfOneQuestion) }, (_, index) =>
    missing.slice(index * manifestsOfOneQuestion, (index + 1) * manifestsOfOneQuestion),
  )
  const load = async () => {
    for (let batch = batches.pop(); batch; batch = batches.pop()) {
      const manifests = await partners.ask(manifestOperations, { manifestIds: batch }, options())
      for (const { manifestId, operations } of manifests) directory.addManifest(manifestId, operations)
    }
  }
  await Promise.all(Array.from({ length: mostAtATime }, load))
  for (const access of found) directory.put(access)
  const foundIds = new Set(found.map(({ partnerId }) => partnerId))
  for (const partnerId of partnerIds) if (!foundIds.has(partnerId)) directory.remove(partnerId)
}
