import type { errorCatalogue } from './catalogue.ts'

export type ErrorCode = keyof typeof errorCatalogue
export type RequestErrorCode = {
  [K in ErrorCode]: (typeof errorCatalogue)[K]['where'] extends 'errors' ? K : never
}[ErrorCode]
export type RefusalCode = {
  [K in ErrorCode]: (typeof errorCatalogue)[K]['where'] extends 'userErrors' ? K : never
}[ErrorCode]
