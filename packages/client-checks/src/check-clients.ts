import { apiDocument } from '@cartograph/composition/api-document'
import { PartnerApi } from '@cartograph/partner-api'
import { buildASTSchema, buildSchema, type GraphQLSchema } from 'graphql'
import type { ApiBreaks } from './api-breaks.ts'
import { breakingChanges } from './breaking-changes.ts'
import { brokenOperations } from './broken-operations.ts'
import type { Client } from './client.ts'
import { deprecatedUses } from './deprecated-uses.ts'

export interface ClientFindings {
  /** What would break somebody, or may, and was not agreed to: a sentence each. */
  readonly problems: readonly string[]
  /** What is agreed to, and who still uses what is deprecated. */
  readonly notes: readonly string[]
}

/**
 * What a supergraph would break of the API that clients know (`previousApi`, SDL) and of the operations that they run. A break
 * of a coordinate in `agreed` is a note and no problem.
 */
export async function checkClients(
  clients: readonly Client[],
  previousApi: string,
  supergraphSdl: string,
  agreed: ApiBreaks,
): Promise<ClientFindings> {
  const previous = buildSchema(previousApi)
  const next = buildASTSchema(apiDocument(supergraphSdl))
  const partnerApi = new PartnerApi(supergraphSdl)
  const findings = new Findings(agreed)
  for (const { coordinate, message } of await breakingChanges(previous, next)) findings.add(coordinate, message)
  for (const client of clients) {
    const seen: GraphQLSchema = client.scopes === null ? next : partnerApi.schemaFor(client.scopes)
    for (const { operation, coordinate, message } of brokenOperations(client, previous, seen))
      findings.add(
        coordinate,
        `breaks ${client.name}: ${operation}${coordinate === null ? '' : ` at ${coordinate}`}: ${message}`,
      )
  }
  const deprecated = deprecatedUses(clients, next).map(
    ({ coordinate, reason, users }) =>
      `${coordinate} is deprecated (${reason}), ${users.length === 0 ? 'and nobody asks for it' : `and asked for by ${users.join(', ')}`}`,
  )
  return { problems: findings.problems, notes: [...findings.notes, ...deprecated] }
}

class Findings {
  readonly #agreed: ApiBreaks
  readonly #problems = new Set<string>()
  readonly #notes = new Set<string>()

  constructor(agreed: ApiBreaks) {
    this.#agreed = agreed
  }

  add(coordinate: string | null, message: string): void {
    const reason = coordinate === null ? undefined : this.#agreed.get(coordinate)
    if (reason === undefined) this.#problems.add(message)
    else this.#notes.add(`${message} Agreed to: ${reason}`)
  }

  get problems(): string[] {
    return [...this.#problems]
  }

  get notes(): string[] {
    return [...this.#notes]
  }
}
