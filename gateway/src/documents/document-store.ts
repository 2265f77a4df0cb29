import type { ApolloServerOptions } from '@apollo/server'
import { OperationCache } from '@cartograph/plan-executor'
import type { DocumentNode } from 'graphql'
import type { GatewayContext } from '../context.ts'
import { Turns } from './turns.ts'

/** Characters of documents that stay parsed and validated. */
const mostCharacters = 256 * 1024

/**
 * Documents that are asked for again and again, of which Apollo Server's own store would hold a gigabyte. One that is not
 * known is parsed, validated and planned in its turn: any number of strangers who send new ones at once keep those who ask for
 * known ones waiting no longer than one does.
 */
export function documentStore(): NonNullable<ApolloServerOptions<GatewayContext>['documentStore']> {
  const documents = new OperationCache<DocumentNode>(mostCharacters)
  const turns = new Turns()
  return {
    async get(key) {
      const known = documents.get(key)
      if (!known) await turns.take()
      return known
    },
    set: async (key, document) => documents.offer(key, document, document.loc?.source.body.length ?? mostCharacters),
    delete: async (key) => documents.delete(key),
  }
}
