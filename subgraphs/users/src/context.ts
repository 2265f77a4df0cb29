import { requestError } from '@cartograph/error-catalogue'
import type { Viewer } from '@cartograph/viewer'
import { createLoaders, type Loaders } from './loaders.ts'
import type { SessionServices } from './session/session.ts'

export interface UsersContext extends SessionServices {
  readonly viewer: Viewer
  readonly loaders: Loaders
}

export function usersContext(services: SessionServices, viewer: Viewer): UsersContext {
  return { ...services, viewer, loaders: createLoaders(services.db) }
}

/** The UUID of who is signed in. Only behind @authenticated; throws UNAUTHENTICATED all the same. */
export function signedInUserId({ viewer }: { viewer: Viewer }): string {
  if (viewer.userId === null) throw requestError('UNAUTHENTICATED', 'Sign in to see or do this.')
  return viewer.userId
}
