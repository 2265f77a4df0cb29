export * from './catalogue.ts'
export * from './error-code.ts'
export * from './request-error.ts'
export * from './refusal.ts'
