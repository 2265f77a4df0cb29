import pg from 'pg'

/**
 * Whether an error is of the connection or of the whole server, which may be back in a moment, and not an answer to the
 * statement: what the statement did, if it was sent, is then unknown.
 */
export function isConnectionFailure(error: unknown): boolean {
  // Classes of SQLSTATE: connection exception, insufficient resources, operator intervention.
  return !(error instanceof pg.DatabaseError) || /^(08|53|57)/.test(error.code ?? '08')
}
