import { type Viewer, viewerOf } from '@cartograph/viewer'
import { createLoaders, type Loaders } from './loaders.ts'
import type { UsersRequest, UsersServices } from './account/users-request.ts'
import type { SignedInSession } from './session/session.ts'

export interface UsersContext extends UsersRequest {
  /** Changes once in a request, when it signs somebody in. */
  viewer: Viewer
  readonly loaders: Loaders
}

export function usersContext(services: UsersServices, viewer: Viewer): UsersContext {
  return { ...services, viewer, loaders: createLoaders(services.db, services.now) }
}

/** From here on the request is that of the session's user, so that the answer to a sign-in may show the account. */
export function asViewer(context: UsersContext, session: SignedInSession): SignedInSession {
  context.viewer = viewerOf({
    ...context.viewer,
    kind: 'user',
    id: session.viewer.id,
    scopes: [...session.scopes],
    sessionId: session.sessionId,
  })
  return session
}
