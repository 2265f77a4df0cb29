/** What a code means, where it stands, and the HTTP status of an answer that has nothing else. */
export interface CatalogueEntry {
  readonly where: 'errors' | 'userErrors'
  readonly status: number
  readonly meaning: string
}
