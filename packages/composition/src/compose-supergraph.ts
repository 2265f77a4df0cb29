import { readFileSync } from 'node:fs'
import { composeServices } from '@apollo/composition'
import { parse } from 'graphql'
import { readSupergraphConfig } from './supergraph-config.ts'

export interface ComposedSupergraph {
  readonly supergraphSdl: string
  readonly hints: readonly string[]
  /** Every file the supergraph was made from, supergraph.yaml first. */
  readonly files: readonly string[]
}

/** The subgraphs do not fit together; the message lists every reason with its code. */
export class CompositionError extends Error {
  override readonly name = 'CompositionError'
}

/** What `rover supergraph compose` does, with the same composition library, in this process. Throws CompositionError. */
export function composeSupergraph(configFile: string): ComposedSupergraph {
  const subgraphs = readSupergraphConfig(configFile)
  const services = subgraphs.map(({ name, routingUrl, schemaFile }) => {
    try {
      return { name, url: routingUrl, typeDefs: parse(readFileSync(schemaFile, 'utf8')) }
    } catch (error) {
      throw new CompositionError(`${schemaFile}: ${(error as Error).message}`, { cause: error })
    }
  })
  const result = composeServices(services)
  if (result.errors) {
    throw new CompositionError(
      result.errors.map((error) => `[${String(error.extensions['code'])}] ${error.message}`).join('\n'),
    )
  }
  return {
    supergraphSdl: result.supergraphSdl,
    hints: result.hints.map((hint) => hint.toString()),
    files: [configFile, ...subgraphs.map((subgraph) => subgraph.schemaFile)],
  }
}
