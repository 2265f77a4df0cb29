import { readFileSync } from 'node:fs'
import type { SupergraphManager } from '@apollo/gateway'
import { type DocumentNode, Kind, parse } from 'graphql'
import { argumentsOfEach } from '@cartograph/composition/directive-arguments'
import { withoutPermissions } from '@cartograph/composition/without-permissions'

/** The composed supergraph that is committed beside the code. */
export function committedSupergraph(): string {
  return readFileSync(new URL('../../supergraph.graphql', import.meta.url), 'utf8')
}

/** Serves one supergraph for the life of the process. */
export function fixedSupergraph(supergraphSdl: string): SupergraphManager {
  return { initialize: async () => ({ supergraphSdl }) }
}

/**
 * The supergraphs of `manager` without their permissions, which @apollo/gateway refuses to load. `declare` is given each
 * one whole, before the gateway serves it.
 */
export function permissionsApart(
  manager: SupergraphManager,
  declare: (supergraphSdl: string) => void,
): SupergraphManager {
  const apart = (supergraphSdl: string) => {
    declare(supergraphSdl)
    return withoutPermissions(supergraphSdl)
  }
  return {
    async initialize({ update, ...options }) {
      const initialized = await manager.initialize({
        ...options,
        update: (supergraphSdl) => update(apart(supergraphSdl)),
      })
      return { ...initialized, supergraphSdl: apart(initialized.supergraphSdl) }
    },
  }
}

/** The subgraphs a supergraph was composed of, from its `join__Graph` enum. */
export function subgraphsOf(supergraphSdl: string): { name: string; routingUrl: string }[] {
  const document: DocumentNode = parse(supergraphSdl)
  const graphs = document.definitions.find(
    (node) => node.kind === Kind.ENUM_TYPE_DEFINITION && node.name.value === 'join__Graph',
  )
  const values = graphs?.kind === Kind.ENUM_TYPE_DEFINITION ? (graphs.values ?? []) : []
  return values.map((value) => {
    const [{ name = '', url = '' } = {}] = argumentsOfEach(value.directives, 'join__graph')
    return { name: String(name), routingUrl: String(url) }
  })
}
