/** What is told of somebody's personal data: the global id, which says whose they are. */
export interface PersonalDataReference {
  readonly id: string
}
