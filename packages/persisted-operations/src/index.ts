export { documentIdOf, withoutAlgorithm } from './document-id.ts'
export { ManifestError, readManifest } from './manifest.ts'
export { OperationStore } from './operation-store.ts'
export type { OperationType, PersistedOperation } from './persisted-operation.ts'
