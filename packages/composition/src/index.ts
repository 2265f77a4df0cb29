export * from './compose-supergraph.ts'
export * from './supergraph-config.ts'
