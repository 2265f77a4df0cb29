import type { ManifestTerms } from './directory/partner.ts'
import type { PartnerKey } from './directory/partner-directory.ts'

/** What a request that shows a partner's key has of it: the partner as it was when the request came. */
export interface PartnerRequest {
  readonly key: PartnerKey
  /** What the gate has let in. */
  admitted?: AdmittedOperation
  /** What was paid for it. */
  points?: number
}

export interface AdmittedOperation {
  /** As its manifest gives it; of a text its hash, with `sha256:`. */
  readonly id: string
  /** Of the manifest that it runs by; null for a text. */
  readonly terms: ManifestTerms | null
}
