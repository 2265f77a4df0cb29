import { defineSubgraph } from '@cartograph/service-runtime'
import { usersContext } from './context.ts'
import { PrismaClient } from './database.ts'
import { usersEnvironment } from './env.ts'
import { resolvers } from './graphql/resolvers.ts'
import { permissions } from './permissions.ts'
import { accessTokenSigner } from './session/access-token.ts'

/** Starts the users subgraph. */
export const start = defineSubgraph({
  name: 'users',
  folder: new URL('../', import.meta.url),
  environment: usersEnvironment,
  resolvers,
  permissions,
  async open({ adapter, environment }) {
    const db = new PrismaClient({ adapter })
    const signer = await accessTokenSigner(environment.ACCESS_TOKEN_KEYS)
    return {
      contextFor: (viewer) => usersContext({ db, signer, now: () => new Date() }, viewer),
      publicRoutes: (server) => server.get('/.well-known/jwks.json', async () => signer.jwks),
      close: () => db.$disconnect(),
    }
  },
})
