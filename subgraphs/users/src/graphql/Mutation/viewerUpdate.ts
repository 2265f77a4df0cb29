import { payload } from '@cartograph/error-catalogue'
import { updateViewer } from '../../account/update-viewer.ts'
import { signedInUserId } from '../../context.ts'
import type { MutationResolvers } from '../../generated/resolvers.ts'

export const viewerUpdate: MutationResolvers['viewerUpdate'] = (_, { input }, context) =>
  payload('viewer', () =>
    updateViewer(context.db, signedInUserId(context), {
      displayName: input.displayName ?? undefined,
      preferredCurrency: input.preferredCurrency ?? undefined,
    }),
  )
