import type { JobQueue, Outbox } from '@cartograph/messaging'
import type { Viewer } from '@cartograph/viewer'
import type { PrismaClient } from '../database.ts'
import type { OpenIdProviders } from '../external-identity/openid-providers.ts'
import type { AccessTokenSigner } from '../session/access-token.ts'
import type { StaffSignIn } from '../session/session-scopes.ts'

/** What the use cases of this subgraph work with, for the life of the process. */
export interface UsersServices {
  readonly db: PrismaClient
  readonly signer: AccessTokenSigner
  /** Where users may sign in besides. */
  readonly externalProviders: OpenIdProviders
  /** Where mails wait to be written. */
  readonly jobs: JobQueue
  readonly outbox: Outbox
  /** Whether the outbox knows gateways: without one, access tokens of an ended session are good until they expire. */
  readonly tellsGateways: boolean
  readonly staffSignIn: StaffSignIn
  /** How many tries one network address has at once. */
  readonly triesPerAddress: number
  readonly now: () => Date
}

/** The same, and who asks. */
export interface UsersRequest extends UsersServices {
  readonly viewer: Viewer
}
