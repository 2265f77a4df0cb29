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
