import { readFileSync } from 'node:fs'
import path from 'node:path'
import { type ApiBreaks, brokenOperations, type Client, readApiBreaks } from '@cartograph/client-checks'
import { apiBreaksFile, apiFile } from '@cartograph/code-generation'
import { composeSupergraph } from '@cartograph/composition'
import { PartnerApi } from '@cartograph/partner-api'
import { buildSchema, type GraphQLSchema } from 'graphql'

/** What a gateway lets one operation cost unless it is told otherwise. */
const mostCost = 5_000

/** An operation with what it costs; null where it cannot run. */
export interface PricedOperation {
  readonly name: string
  readonly type: string
  readonly cost: number | null
}

/** What was found of a partner: its operations, and why one cannot run, by the coordinate where that is known. */
export interface CheckedPartner {
  readonly operations: readonly PricedOperation[]
  readonly findings: readonly { readonly coordinate: string | null; readonly sentence: string }[]
}

/** Checks operations of partners against what the working tree composes, without a shop. */
export class SupergraphChecks {
  readonly #api: PartnerApi
  /** As clients know it, to say where an operation breaks. */
  readonly #committed: GraphQLSchema
  readonly agreed: ApiBreaks

  constructor(root: string) {
    const read = (file: string) => readFileSync(path.join(root, file), 'utf8')
    this.#api = new PartnerApi(composeSupergraph(path.join(root, 'supergraph.yaml')).supergraphSdl, { mostCost })
    this.#committed = buildSchema(read(apiFile))
    this.agreed = readApiBreaks(read(apiBreaksFile))
  }

  check({ name: partner, scopes, operations }: Client): CheckedPartner {
    const findings: CheckedPartner['findings'][number][] = []
    const priced = operations.map((operation) => {
      const { name, type, body } = operation
      const problems = this.#api.problemsOf(body, scopes ?? [])
      if (problems.length === 0) return { name, type, cost: this.#api.costOf(body) }
      const client = { name: partner, scopes, operations: [operation] }
      const broken = brokenOperations(client, this.#committed, this.#api.schemaFor(scopes ?? []))
      const found = broken.length > 0 ? broken : problems.map((message) => ({ coordinate: null, message }))
      for (const { coordinate, message } of found) {
        const at = coordinate === null ? '' : ` at ${coordinate}`
        findings.push({ coordinate, sentence: `${partner}: ${name}${at}: ${message}` })
      }
      return { name, type, cost: null }
    })
    return { operations: priced, findings }
  }
}
