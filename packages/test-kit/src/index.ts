export * from './eventually.ts'
export * from './fresh-database.ts'
export * from './subgraph-under-test.ts'
export * from './load-records.ts'
