import type { User } from '../account/user.ts'
import type { PrismaClient } from '../database.ts'
import type { AccessTokenSigner } from './access-token.ts'

/** A sign-in as the client is given it. */
export interface SignedInSession {
  readonly accessToken: string
  readonly refreshToken: string
  readonly expiresAt: Date
  readonly viewer: User
}

/** What every use case of sessions needs. */
export interface SessionServices {
  readonly db: PrismaClient
  readonly signer: AccessTokenSigner
  readonly now: () => Date
}
