export * from './connection.ts'
export { cursorEncoder, type CursorKey, decodeCursor, type KeyShape } from './cursor.ts'
export * from './page-loader.ts'
export * from './page-request.ts'
