/** What this package needs of a Prisma client within a transaction. */
export interface Transaction {
  $queryRawUnsafe<Rows>(sql: string, ...values: unknown[]): Promise<Rows>
  $executeRawUnsafe(sql: string, ...values: unknown[]): Promise<number>
}

/** What this package needs of a Prisma client. */
export interface TransactionalDatabase<Tx extends Transaction> {
  $transaction<Outcome>(run: (tx: Tx) => Promise<Outcome>): Promise<Outcome>
}
