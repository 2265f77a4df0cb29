import { manifestOperations, partnerAccess, partnerVersions } from '@cartograph/contracts'
import { answers } from '@cartograph/service-runtime'
import type { PartnersServices } from '../partner/partners-services.ts'
import { answerManifestOperations } from './answer-manifest-operations.ts'
import { answerPartnerAccess } from './answer-partner-access.ts'
import { answerPartnerVersions } from './answer-partner-versions.ts'

/** What gateways ask at their start, and when they hear that something has changed. */
export function answersToGateways({ db, now }: Pick<PartnersServices, 'db' | 'now'>) {
  return [
    answers(partnerVersions, () => answerPartnerVersions(db)),
    answers(partnerAccess, ({ partnerIds }) => answerPartnerAccess(db, partnerIds, now())),
    answers(manifestOperations, ({ manifestIds }) => answerManifestOperations(db, manifestIds)),
  ]
}
