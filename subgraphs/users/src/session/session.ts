import type { Scope } from '@cartograph/viewer'
import type { User } from '../account/user.ts'

/** A sign-in as the client is given it. */
export interface SignedInSession {
  readonly sessionId: string
  readonly accessToken: string
  readonly refreshToken: string
  readonly expiresAt: Date
  readonly viewer: User
  readonly scopes: readonly Scope[]
}
