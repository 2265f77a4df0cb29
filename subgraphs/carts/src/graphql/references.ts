/** What the gateway tells of a user that users owns: the global id. */
export interface UserReference {
  readonly id: string
}

/** What is told of a variant that products owns: its global id. */
export interface VariantReference {
  readonly id: string
}

/** What is told of somebody's personal data: the global id, which says whose they are. */
export interface PersonalDataReference {
  readonly id: string
}
