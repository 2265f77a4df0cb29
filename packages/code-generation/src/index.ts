export { apiBreaksFile, apiFile } from './api-file-names.ts'
export * from './ensure-generated.ts'
export * from './targets.ts'
