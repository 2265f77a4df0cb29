import type { LoadDefinition } from '@cartograph/service-runtime'

/** Partners are no part of a dataset: whoever has a key may act. */
export const loadDefinition: LoadDefinition = {
  migrations: new URL('../prisma/migrations', import.meta.url),
  writers: {},
}
