export * from './connection.ts'
export { type CursorKey, decodeCursor, encodeCursor, type KeyShape } from './cursor.ts'
export * from './page-request.ts'
