import { payload } from '@cartograph/error-catalogue'
import { fromGlobalId } from '@cartograph/global-ids'
import type { MutationResolvers } from '../../generated/resolvers.ts'
import { publishManifest } from '../../manifest/publish-manifest.ts'

export const manifestPublish: MutationResolvers['manifestPublish'] = (
  _,
  { partnerId, operations, sunsetPreviousAt },
  context,
) =>
  payload('manifest', () =>
    publishManifest(context, context.viewer, {
      partnerId: fromGlobalId('Partner', partnerId),
      operations: operations.map(({ id, body }) => ({ id, body: body ?? null })),
      sunsetPreviousAt: sunsetPreviousAt ?? null,
    }),
  )
