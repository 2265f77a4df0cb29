import { payload } from '@cartograph/error-catalogue'
import { signedInUserId } from '@cartograph/viewer'
import { updateViewer } from '../../account/update-viewer.ts'
import type { MutationResolvers } from '../../generated/resolvers.ts'

export const viewerUpdate: MutationResolvers['viewerUpdate'] = (_, { input }, context) =>
  payload('viewer', () =>
    updateViewer(context.db, signedInUserId(context), {
      displayName: input.displayName ?? undefined,
      preferredCurrency: input.preferredCurrency ?? undefined,
    }),
  )
