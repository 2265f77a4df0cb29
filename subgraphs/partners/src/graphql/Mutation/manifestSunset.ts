import { payload } from '@cartograph/error-catalogue'
import { fromGlobalId } from '@cartograph/global-ids'
import type { MutationResolvers } from '../../generated/resolvers.ts'
import { sunsetManifest } from '../../manifest/sunset-manifest.ts'

export const manifestSunset: MutationResolvers['manifestSunset'] = (_, { manifestId, sunsetAt }, context) =>
  payload('manifest', () =>
    sunsetManifest(context, context.viewer, fromGlobalId('Manifest', manifestId), sunsetAt ?? null),
  )
