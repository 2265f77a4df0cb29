import { type PersistedOperation, withoutAlgorithm } from '@cartograph/persisted-operations'

/** How long the operations of a manifest run; milliseconds of the epoch. */
export interface ManifestTerms {
  /** Null for a manifest that is not deprecated. */
  readonly deprecatedAt: number | null
  /** From then on it is retired; null for one without an end. */
  readonly sunsetAt: number | null
}

export interface PublishedManifest {
  readonly terms: ManifestTerms
  readonly operations: readonly PersistedOperation[]
}

interface PublishedOperation {
  readonly operation: PersistedOperation
  /** The best first, and after it only those that last longer. */
  readonly terms: readonly ManifestTerms[]
}

/** What a gateway knows of a partner at one version. It never changes: a change is another one in its place. */
export interface Partner {
  readonly id: string
  readonly version: number
  readonly name: string
  readonly scopes: readonly string[]
  readonly pointsPerMinute: number
  readonly operations: PartnerOperations
}

/** An operation that runs, and on which terms; or since when it does no more. */
export type FoundOperation =
  { readonly operation: PersistedOperation; readonly terms: ManifestTerms } | { readonly retiredAt: number }

/** The operations of all manifests of a partner, by their ids: one by content with and without `sha256:` before it. */
export class PartnerOperations {
  readonly #byId = new Map<string, PublishedOperation>()

  constructor(manifests: readonly PublishedManifest[]) {
    for (const { terms, operations } of manifests.toSorted((left, right) => byGoodness(left.terms, right.terms))) {
      // One list for a whole manifest, whose operations are in no other mostly.
      const alone = [terms]
      for (const operation of operations) {
        const key = withoutAlgorithm(operation.id)
        const known = this.#byId.get(key)
        if (!known) this.#byId.set(key, { operation, terms: alone })
        else if (endOf(terms) > endOf(known.terms.at(-1)!))
          this.#byId.set(key, { operation: known.operation, terms: [...known.terms, terms] })
      }
    }
  }

  get size(): number {
    return this.#byId.size
  }

  /**
   * The operation by its best manifest that has not ended at `now`: one that is not deprecated, else the one that ends last.
   * Undefined for an id that is in no manifest.
   */
  find(id: string, now: number): FoundOperation | undefined {
    const published = this.#byId.get(withoutAlgorithm(id))
    if (!published) return undefined
    const terms = published.terms.find((each) => endOf(each) > now)
    return terms ? { operation: published.operation, terms } : { retiredAt: endOf(published.terms.at(-1)!) }
  }
}

const endOf = ({ sunsetAt }: ManifestTerms): number => sunsetAt ?? Infinity

function byGoodness(left: ManifestTerms, right: ManifestTerms): number {
  const deprecated = Number(left.deprecatedAt !== null) - Number(right.deprecatedAt !== null)
  if (deprecated !== 0) return deprecated
  // Infinity less itself is no number.
  return endOf(left) === endOf(right) ? 0 : endOf(right) - endOf(left)
}
