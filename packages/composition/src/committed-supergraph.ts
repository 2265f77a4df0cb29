/** The composed supergraph that is committed with the gateway; in a bundle, its copy there. */
export const committedSupergraphFile = new URL('../../../gateway/supergraph.graphql', import.meta.url)
