import type { Viewer } from '@cartograph/viewer'
import type { SessionServices } from '../session/session.ts'
import type { OpenIdProviders } from './openid-providers.ts'

/** What every use case of sign-ins at providers needs. */
export interface ExternalSignInServices extends SessionServices {
  readonly externalProviders: OpenIdProviders
}

/** The same, and who asks. */
export interface ExternalSignInRequest extends ExternalSignInServices {
  readonly viewer: Viewer
}

export interface StartedSignIn {
  readonly authorizationUrl: string
  /** What the browser keeps, and the provider never sees. */
  readonly state: string
}

/** Somebody as a provider knows them. */
export interface ExternalPerson {
  readonly issuer: string
  /** Never given to anybody else by that issuer. */
  readonly subject: string
  /** In lower case; null when there is none, or the provider does not say that it is verified. */
  readonly verifiedEmail: string | null
  readonly name: string | null
}
