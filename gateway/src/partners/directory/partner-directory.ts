import { hash } from 'node:crypto'
import type { partnerAccess } from '@cartograph/contracts'
import type { PersistedOperation } from '@cartograph/persisted-operations'
import type { z } from 'zod'
import { DocumentPool } from './document-pool.ts'
import { type Partner, PartnerOperations } from './partner.ts'

/** What partners tells gateways of one of them. */
export type PartnerAccess = z.output<typeof partnerAccess.answer>[number]

export interface PartnerKey {
  readonly keyId: string
  /** Milliseconds of the epoch; null for one that never expires. */
  readonly expiresAt: number | null
  readonly partner: Partner
}

interface KnownPartner {
  readonly partner: Partner
  readonly keyHashes: readonly string[]
  readonly manifestIds: readonly string[]
}

/**
 * All that this gateway knows of partners, in memory. A partner is replaced whole, by what is newer only, so that whoever has
 * found one goes on with what it was then.
 */
export class PartnerDirectory {
  readonly #partners = new Map<string, KnownPartner>()
  readonly #keys = new Map<string, PartnerKey>()
  readonly #manifests = new Map<string, readonly PersistedOperation[]>()
  readonly #documents = new DocumentPool()
  /** Whether every partner was heard of once: before, a key that is not known may be good. */
  isComplete = false

  /** The key with the secret `key`, expired or not. It is looked up by its hash, so that how long it takes tells nothing. */
  find(key: string): PartnerKey | undefined {
    return this.#keys.get(hash('sha256', key, 'base64url'))
  }

  partner(partnerId: string): Partner | undefined {
    return this.#partners.get(partnerId)?.partner
  }

  get partnerIds(): string[] {
    return [...this.#partners.keys()]
  }

  /** Which manifests of these partners are not here yet. */
  missingManifests(partners: readonly PartnerAccess[]): string[] {
    const ids = partners.flatMap(({ manifests }) => manifests.map(({ manifestId }) => manifestId))
    return [...new Set(ids)].filter((id) => !this.#manifests.has(id))
  }

  /** A manifest never changes: one that is here already stays as it is. */
  addManifest(manifestId: string, operations: readonly PersistedOperation[]): void {
    if (this.#manifests.has(manifestId)) return
    this.#manifests.set(
      manifestId,
      operations.map((operation) => this.#documents.take(operation)),
    )
  }

  /** Puts a partner in the place of what was known of it, unless that was newer. Its manifests are to be added before. */
  put(access: PartnerAccess): void {
    const known = this.#partners.get(access.partnerId)
    if (known && known.partner.version > access.version) return
    const { partnerId: id, version, name, scopes, pointsPerMinute } = access
    const manifests = access.manifests.map(({ manifestId, deprecatedAt, sunsetAt }) => ({
      terms: { deprecatedAt: timeOf(deprecatedAt), sunsetAt: timeOf(sunsetAt) },
      operations: this.#manifests.get(manifestId) ?? [],
    }))
    const partner = { id, version, name, scopes, pointsPerMinute, operations: new PartnerOperations(manifests) }
    for (const keyHash of known?.keyHashes ?? []) this.#keys.delete(keyHash)
    for (const { hash: keyHash, keyId, expiresAt } of access.keys)
      this.#keys.set(keyHash, { keyId, expiresAt: timeOf(expiresAt), partner })
    const manifestIds = access.manifests.map(({ manifestId }) => manifestId)
    this.#partners.set(id, { partner, keyHashes: access.keys.map((key) => key.hash), manifestIds })
    this.#dropManifests(known?.manifestIds.filter((each) => !manifestIds.includes(each)) ?? [])
  }

  /** Forgets a partner that is no more. */
  remove(partnerId: string): void {
    const known = this.#partners.get(partnerId)
    if (!known) return
    this.#partners.delete(partnerId)
    for (const keyHash of known.keyHashes) this.#keys.delete(keyHash)
    this.#dropManifests(known.manifestIds)
  }

  #dropManifests(manifestIds: readonly string[]): void {
    for (const id of manifestIds) {
      for (const operation of this.#manifests.get(id) ?? []) this.#documents.release(operation)
      this.#manifests.delete(id)
    }
  }
}

const timeOf = (text: string | null): number | null => (text === null ? null : Date.parse(text))
