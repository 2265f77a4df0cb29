import { randomUUID } from 'node:crypto'
import { fromGlobalId } from '@cartograph/global-ids'
import {
  accessTokenAudience,
  accessTokenIssuer,
  accessTokenType,
  guestClaims,
  replayWindowMs,
  type Role,
  scopesOfRoles,
  serviceClaims,
  signRequest,
  type ViewerClaims,
} from '@cartograph/viewer'
import { decodeJwt, generateKeyPair, importJWK, SignJWT } from 'jose'
import { eventually } from '@cartograph/test-kit'
import { ask } from '../shop-client.ts'
import type { MatrixShop, Person } from './matrix-shop.ts'
import { newKey, newPartner } from './new-partner.ts'

type Headers = Readonly<Record<string, string>>

/** A column of the matrix: somebody, and what they send to the gateway and, were they let near one, to a subgraph. */
export interface MatrixViewer {
  readonly name: string
  readonly atGateway: Headers
  /** What a subgraph is sent with this body: the claims that the gateway would vouch for, or what a liar makes up. */
  readonly atSubgraph: (secret: string, body: string) => Headers
}

const staffRoles = ['SUPPORT', 'MERCHANDISER', 'WAREHOUSE', 'ADMIN'] as const satisfies readonly Role[]

/** Everybody, in the order of the columns. */
export async function matrixViewers(shop: MatrixShop): Promise<MatrixViewer[]> {
  const owner = userClaims(shop.people.owner, ['CUSTOMER'])
  const signing = shop.secrets.accessTokenKey as Parameters<typeof importJWK>[0]
  const tokenUnder = async (key: Parameters<SignJWT['sign']>[0], expiresAt: Date) =>
    new SignJWT({ scope: scopesOfRoles(['ADMIN']).join(' '), sid: randomUUID() })
      .setProtectedHeader({ alg: 'EdDSA', kid: String(signing.kid), typ: accessTokenType })
      .setIssuer(accessTokenIssuer)
      .setAudience(accessTokenAudience)
      .setSubject(shop.people.owner.id)
      .setIssuedAt(new Date(expiresAt.getTime() - 600_000))
      .setExpirationTime(expiresAt)
      .sign(key)
  const { privateKey: foreignKey } = await generateKeyPair('EdDSA')
  const stale = await tokenUnder(await importJWK(signing, 'EdDSA'), new Date(Date.now() - 1_000))
  const forged = await tokenUnder(foreignKey, new Date(Date.now() + 600_000))
  const service = serviceClaims('orders', 'matrix')
  return [
    { name: 'guest', atGateway: {}, atSubgraph: vouchedFor(guestClaims('matrix')) },
    {
      name: 'another user',
      atGateway: shop.people.other.headers,
      atSubgraph: vouchedFor(userClaims(shop.people.other, ['CUSTOMER'])),
    },
    { name: 'owner', atGateway: shop.people.owner.headers, atSubgraph: vouchedFor(owner) },
    ...staffRoles.map((role) => ({
      name: role.toLowerCase(),
      atGateway: shop.people[role].headers,
      atSubgraph: vouchedFor(userClaims(shop.people[role], ['CUSTOMER', role])),
    })),
    {
      name: 'partner',
      atGateway: await partnersHeaders(shop),
      atSubgraph: vouchedFor({ ...guestClaims('matrix'), kind: 'partner', id: randomUUID() }),
    },
    {
      name: 'service',
      // What a service would be believed at a subgraph is a stranger's header at the gateway.
      atGateway: signRequest(
        shop.secrets.signingSecrets.users,
        { method: 'POST', path: '/graphql', body: '' },
        service,
      ),
      atSubgraph: vouchedFor(service),
    },
    {
      name: 'stale',
      atGateway: { authorization: `Bearer ${stale}` },
      atSubgraph: (secret, body) => signed(secret, body, owner, Date.now() - replayWindowMs - 1_000),
    },
    {
      name: 'forged',
      atGateway: { authorization: `Bearer ${forged}` },
      atSubgraph: (_, body) => signed('a secret that somebody has guessed at', body, owner),
    },
  ]
}

/** Those of a partner, once the gateway knows its key. It has published nothing, and sends texts as everybody here does. */
async function partnersHeaders(shop: MatrixShop): Promise<Headers> {
  const { secret } = await newKey(shop, await newPartner(shop))
  const headers = { authorization: `Bearer ${secret}` }
  await eventually(async () => {
    if ((await ask(shop.url, '{ __typename }', {}, headers)).status !== 403) throw new Error('the key is not known yet')
  })
  return headers
}

function userClaims({ id, headers }: Person, roles: readonly Role[]): ViewerClaims {
  const { sid } = decodeJwt<{ sid: string }>(headers.authorization.slice('Bearer '.length))
  const who = { id: fromGlobalId('User', id), scopes: scopesOfRoles(roles), sessionId: sid }
  return { ...guestClaims('matrix'), kind: 'user', ...who }
}

function vouchedFor(claims: ViewerClaims): MatrixViewer['atSubgraph'] {
  return (secret, body) => signed(secret, body, claims)
}

function signed(secret: string, body: string, claims: ViewerClaims, now?: number): Headers {
  return signRequest(secret, { method: 'POST', path: '/graphql', body }, claims, now)
}
