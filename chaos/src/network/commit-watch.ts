/** Tells the requests of one PostgreSQL connection that commit a transaction, as text or by a prepared statement. */
export class CommitWatch {
  readonly #names: string[] = []

  /** To be shown every request, for a statement is prepared long before it is of interest. */
  commits(request: Buffer): boolean {
    if (request.includes('COMMIT\0')) {
      // Parse: its length, whose last byte is not zero, the statement's name, and its text.
      const name = /\0[^\0]([^\0]*)\0COMMIT\0/s.exec(request.toString('latin1'))?.[1]
      if (name) this.#names.push(`${name}\0`)
      return true
    }
    return this.#names.some((name) => request.includes(name, 0, 'latin1'))
  }
}
