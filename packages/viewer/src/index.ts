export * from './permissions.ts'
export * from './request-signature.ts'
export * from './viewer.ts'
