export * from './ensure-generated.ts'
export * from './targets.ts'
