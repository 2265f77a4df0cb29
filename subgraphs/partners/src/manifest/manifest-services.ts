import type { PartnerApi } from '@cartograph/partner-api'
import type { PartnersServices } from '../partner/partners-services.ts'

/** What publishing needs besides. */
export interface ManifestServices extends PartnersServices {
  /** What partners may use, by the supergraph as it is now. */
  readonly partnerApi: () => Promise<PartnerApi>
}
