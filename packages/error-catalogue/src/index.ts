export * from './catalogue.ts'
export * from './request-error.ts'
export * from './refusal.ts'
