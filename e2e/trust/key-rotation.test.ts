import { environments, runAsProcess, services, type ServiceProcess, startDatabases } from '@cartograph/local-stack'
import { removeWithServer, throwAwayFolder } from '@cartograph/local-stack/throw-away-folder'
import { eventually } from '@cartograph/test-kit'
import { decodeProtectedHeader, exportJWK, generateKeyPair } from 'jose'
import { expect, test } from 'vitest'
import { ask } from '../src/shop-client.ts'

const newKey = async (kid: string) => ({
  ...(await exportJWK((await generateKeyPair('EdDSA', { extractable: true })).privateKey)),
  kid,
})
const selection = '{ session { accessToken refreshToken } }'
interface Session {
  accessToken: string
  refreshToken: string
}

test('signing keys are replaced step by step, and whoever is signed in stays so', { timeout: 120_000 }, async () => {
  const dataDir = throwAwayFolder()
  const databases = await startDatabases(dataDir, { ephemeral: true })
  const ports = Object.fromEntries(services.map((name) => [name, 0])) as Record<(typeof services)[number], number>
  const addresses = { databaseUrl: databases.urlOf, ports, mailboxDir: dataDir }
  const environment = environments(addresses, databases.secrets, { NODE_ENV: 'development', LOG_LEVEL: 'warn' })
  const [old, next] = [await newKey('old'), await newKey('new')]
  let usersPort = '0'
  const startUsers = async (...keys: object[]) => {
    const users = await runAsProcess('users', {
      ...environment.users,
      PORT: usersPort,
      ACCESS_TOKEN_KEYS: JSON.stringify(keys),
    })
    usersPort = new URL(users.url).port
    return users
  }
  let users: ServiceProcess | undefined
  let gateway: ServiceProcess | undefined
  try {
    users = await startUsers(old)
    gateway = await runAsProcess('gateway', { ...environment.gateway, USERS_URL: `${users.url}/graphql` })
    const url = `${gateway.url}/graphql`
    const statusOf = async ({ accessToken }: Session) =>
      (await ask(url, '{ viewer { id } }', {}, { authorization: `Bearer ${accessToken}` })).status
    const kidOf = ({ accessToken }: Session) => decodeProtectedHeader(accessToken).kid
    const refresh = async ({ refreshToken }: Session) =>
      (
        await ask<{ sessionRefresh: { session: Session } }>(
          url,
          `mutation ($token: String!) { sessionRefresh(refreshToken: $token) ${selection} }`,
          { token: refreshToken },
        )
      ).data.sessionRefresh.session
    const input = { email: 'ada@example.com', password: 'correct horse', displayName: 'Ada' }
    const first = (
      await ask<{ userRegister: { session: Session } }>(
        url,
        `mutation ($input: UserRegisterInput!) { userRegister(input: $input) ${selection} }`,
        { input },
      )
    ).data.userRegister.session
    expect([kidOf(first), await statusOf(first)]).toEqual(['old', 200])

    await users.stop()
    users = await startUsers(old, next)
    const second = await refresh(first)
    expect([kidOf(second), await statusOf(first), await statusOf(second)]).toEqual(['old', 200, 200])

    await users.stop()
    users = await startUsers(next, old)
    const third = await refresh(second)
    expect([kidOf(third), await statusOf(first), await statusOf(second)]).toEqual(['new', 200, 200])
    // The steps are ten minutes apart, within which a gateway asks anew; one that asked just now does so in five seconds.
    await eventually(async () => expect(await statusOf(third)).toBe(200), { timeoutMs: 10_000 })

    await users.stop()
    users = await startUsers(next)
    const fourth = await refresh(third)
    expect([kidOf(fourth), await statusOf(fourth), await statusOf(third)]).toEqual(['new', 200, 200])
  } finally {
    await gateway?.stop()
    await users?.stop()
    await databases.postgres.stop()
    await removeWithServer(dataDir)
  }
})
