export * from './declared-permission.ts'
export * from './declared-permissions.ts'
export * from './request-signature.ts'
export * from './viewer.ts'
