import { PrismaClient } from './generated/prisma/client.ts'

export { Prisma, PrismaClient } from './generated/prisma/client.ts'

/** The client, or the same inside a transaction. */
export type Database = Omit<PrismaClient, '$transaction' | '$connect' | '$disconnect' | '$on' | '$extends' | '$use'>
