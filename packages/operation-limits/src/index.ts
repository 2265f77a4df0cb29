export { documentLimits, mostTokens } from './document-limits.ts'
export { OperationCosts } from './operation-costs.ts'
