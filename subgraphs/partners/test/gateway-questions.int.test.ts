import { createHash, randomUUID } from 'node:crypto'
import { manifestOperations, partnerAccess, partnerVersions } from '@cartograph/contracts'
import { fromGlobalId } from '@cartograph/global-ids'
import { numbered, uuidOf } from '@cartograph/test-kit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { partnersUnderTest, type PartnersUnderTest } from './partners-under-test.ts'

let partners: PartnersUnderTest
beforeAll(async () => void (partners = await partnersUnderTest()))
afterAll(() => partners.stop())

const dayMs = 24 * 3_600_000
const ago = (days: number) => new Date(Date.now() - days * dayMs)

async function ask(question: { readonly name: string }, input: object): Promise<unknown> {
  const { status, content } = await partners.post(`/questions/${question.name}`, input)
  expect(status).toBe(200)
  return content
}

/** A manifest as it is stored, with an operation for each name; answers its id. */
async function manifest(
  partnerId: string,
  version: number,
  names: readonly string[],
  { deprecatedAt = null, sunsetAt = null }: { deprecatedAt?: Date | null; sunsetAt?: Date | null } = {},
): Promise<string> {
  const [row] = await partners.sql<{ id: string }>(
    `insert into manifest (partner_id, version, published_at, deprecated_at, sunset_at) values ($1, $2, now(), $3, $4)
     returning id`,
    [partnerId, version, deprecatedAt, sunsetAt],
  )
  await partners.sql(
    `insert into persisted_operation (partner_id, operation_id, name, type, body, added_at)
     select $1, 'sha256:' || name, name,
       (case when name like 'Set%' then 'MUTATION' else 'QUERY' end)::"PersistedOperationType",
       'query ' || name || ' { __typename }', now()
     from unnest($2::text[]) as name on conflict do nothing`,
    [partnerId, names],
  )
  await partners.sql(
    `insert into manifest_operation (manifest_id, partner_id, operation_id, cost)
     select $1, $2, 'sha256:' || name, 1 from unnest($3::text[]) as name`,
    [row!.id, partnerId, names],
  )
  return row!.id
}

const uuid = (id: string) => fromGlobalId('Partner', id)

test('versions are those of all partners', async () => {
  const [one, two] = [await partners.partner(), await partners.partner()]
  await partners.update(two, { pointsPerMinute: 3 })
  const answer = await ask(partnerVersions, {})
  expect(partnerVersions.answer.parse(answer)).toEqual(
    [one, two].map((id, index) => ({ partnerId: uuid(id), version: index + 1 })),
  )
})

test('access is all that a gateway needs to know, and nothing that ended long ago', async () => {
  const id = await partners.partner({ scopes: ['orders:read'] })
  const partnerId = uuid(id)
  const expiresAt = new Date(Date.now() + dayMs)
  const [live, ended] = [await partners.createKey(id, expiresAt), await partners.createKey(id)]
  await partners.revokeKey(ended.key!.id)
  const expired = async (days: number) => {
    const at = ago(days)
    const [row] = await partners.sql<{ id: string }>(
      `insert into partner_key (partner_id, prefix, hash, created_at, expires_at) values ($1, 'p', sha256($2::text::bytea), now(), $3)
       returning id`,
      [partnerId, `${days}`, at],
    )
    return {
      keyId: row!.id,
      hash: createHash('sha256').update(`${days}`).digest('base64url'),
      expiresAt: at.toISOString(),
    }
  }
  const lately = await expired(29)
  await expired(31)
  const [forgotten, retired, sunset] = [ago(31), ago(29), new Date(Date.now() + dayMs)]
  await manifest(partnerId, 1, ['A'], { deprecatedAt: ago(40), sunsetAt: forgotten })
  const second = await manifest(partnerId, 2, ['A'], { deprecatedAt: ago(40), sunsetAt: retired })
  const third = await manifest(partnerId, 3, ['A'], { deprecatedAt: retired, sunsetAt: sunset })
  const fourth = await manifest(partnerId, 4, ['A', 'B'])

  const answer = await ask(partnerAccess, { partnerIds: [partnerId, uuidOf('user', 1)] })
  expect(partnerAccess.answer.parse(answer)).toEqual([
    {
      partnerId,
      version: 4,
      name: expect.any(String),
      scopes: ['orders:read'],
      pointsPerMinute: 100,
      keys: [
        {
          keyId: fromGlobalId('PartnerKey', live.key!.id),
          hash: createHash('sha256').update(live.secret!).digest('base64url'),
          expiresAt: expiresAt.toISOString(),
        },
        lately,
      ],
      manifests: [
        { manifestId: fourth, version: 4, deprecatedAt: null, sunsetAt: null },
        { manifestId: third, version: 3, deprecatedAt: retired.toISOString(), sunsetAt: sunset.toISOString() },
        { manifestId: second, version: 2, deprecatedAt: expect.any(String), sunsetAt: retired.toISOString() },
      ],
    },
  ])
})

test('the operations of manifests are told with their bodies', async () => {
  const partnerId = uuid(await partners.partner())
  const first = await manifest(partnerId, 1, ['SetStock', 'Feed'], { deprecatedAt: ago(1) })
  const second = await manifest(partnerId, 2, ['Feed'])
  const answer = await ask(manifestOperations, { manifestIds: [second, first, uuidOf('user', 1)] })
  const operation = (name: string, type: string) => ({
    id: `sha256:${name}`,
    name,
    type,
    body: `query ${name} { __typename }`,
  })
  expect(manifestOperations.answer.parse(answer)).toEqual([
    { manifestId: first, operations: [operation('Feed', 'query'), operation('SetStock', 'mutation')] },
    { manifestId: second, operations: [operation('Feed', 'query')] },
  ])
})

test.each([1, 20])('of %i partners and manifests they cost one, three and one statements', async (count) => {
  const ids = (await Promise.all(numbered(count, () => partners.partner()))).map(uuid)
  const manifestIds = await Promise.all(ids.map((id) => manifest(id, 1, ['A'])))
  expect(await partners.statementsOf(() => ask(partnerVersions, {}))).toEqual(['select'])
  expect(await partners.statementsOf(() => ask(partnerAccess, { partnerIds: ids }))).toEqual([
    'select',
    'select',
    'select',
  ])
  expect(await partners.statementsOf(() => ask(manifestOperations, { manifestIds }))).toEqual(['select'])
})

test('who does not sign is not answered', async () => {
  for (const { name } of [partnerVersions, partnerAccess, manifestOperations]) {
    const response = await fetch(`${partners.url}/questions/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ partnerIds: [randomUUID()], manifestIds: [randomUUID()] }),
    })
    expect(response.status).toBe(401)
  }
})
