import type { Outbox } from '@cartograph/messaging'
import type { Viewer } from '@cartograph/viewer'
import type { User } from '../account/user.ts'
import type { PrismaClient } from '../database.ts'
import type { AccessTokenSigner } from './access-token.ts'

/** A sign-in as the client is given it. */
export interface SignedInSession {
  readonly sessionId: string
  readonly accessToken: string
  readonly refreshToken: string
  readonly expiresAt: Date
  readonly viewer: User
}

/** What every use case of sessions needs. */
export interface SessionServices {
  readonly db: PrismaClient
  readonly signer: AccessTokenSigner
  /** Tells the gateway which sessions have ended; null where no gateway is to be told. */
  readonly outbox: Outbox | null
  /** How many tries one network address has at once. */
  readonly triesPerAddress: number
  readonly now: () => Date
}

/** The same, and who asks. */
export interface SessionRequest extends SessionServices {
  readonly viewer: Viewer
}
