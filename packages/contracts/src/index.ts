export * from './question.ts'
export * from './questions.ts'
export * from './shop-records.ts'
