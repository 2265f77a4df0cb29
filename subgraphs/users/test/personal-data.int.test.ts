import { toGlobalId } from '@cartograph/global-ids'
import { entitiesQuery, errorCodes, strangers } from '@cartograph/test-kit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type UsersUnderTest, usersUnderTest } from './users-under-test.ts'

let users: UsersUnderTest
beforeAll(async () => (users = await usersUnderTest()))
afterAll(() => users.stop())

const address = { fullName: 'Ada', line1: '1 Road', line2: null, city: 'London', postalCode: 'N1', countryCode: 'GB' }
const addAddress = 'mutation ($input: AddressInput!) { addressCreate(input: $input) { userErrors { code path } } }'

test('its owner is given all of the account, without a hash', async () => {
  const account = await users.register()
  await users.mutate(account.claims, addAddress, { input: address })
  const { data } = await users.ask<{ viewer: { personalData: { account: string } } }>(
    account.claims,
    '{ viewer { personalData { account } } }',
  )
  const text = data.viewer.personalData.account
  expect(JSON.parse(text)).toEqual({
    email: account.email,
    emailVerified: false,
    displayName: 'Ada',
    preferredCurrency: 'GBP',
    roles: ['CUSTOMER'],
    createdAt: expect.stringMatching(/^20.*Z$/) as string,
    disabledAt: null,
    addresses: [{ ...address, isDefault: true }],
    securityEvents: [{ kind: 'SIGNED_IN', clientAddress: null, at: expect.stringMatching(/^20.*Z$/) as string }],
    signIns: [{ createdAt: expect.stringMatching(/^20.*Z$/) as string, revokedAt: null }],
  })
  expect(text).not.toMatch(/argon2|hash/i)
})

test('nobody else is given anything, by the account or by _entities', async () => {
  const account = await users.register()
  const ofUser = [{ __typename: 'User', id: toGlobalId('User', account.id) }]
  const ofData = [{ __typename: 'PersonalData', id: toGlobalId('PersonalData', account.id) }]
  for (const [viewer, code] of strangers()) {
    const asUser = await users.ask(viewer, entitiesQuery('... on User { personalData { account } }'), { of: ofUser })
    expect(asUser.data).toEqual({ _entities: [{ personalData: null }] })
    expect(errorCodes(asUser)).toEqual([code])
    const asData = await users.ask(viewer, entitiesQuery('... on PersonalData { account }'), { of: ofData })
    expect(asData.data).toEqual({ _entities: [{ account: null }] })
    expect(errorCodes(asData)).toEqual([code])
  }
})

test('of an account with a hundred sign-ins and more, the last hundred', async () => {
  const account = await users.register()
  await users.sql(
    `insert into session (user_id, created_at) select $1, now() - n * interval '1 hour' from generate_series(1, 120) n`,
    [account.id],
  )
  const { data } = await users.ask<{ viewer: { personalData: { account: string } } }>(
    account.claims,
    '{ viewer { personalData { account } } }',
  )
  const { signIns } = JSON.parse(data.viewer.personalData.account) as { signIns: { createdAt: string }[] }
  expect(signIns).toHaveLength(100)
  expect(signIns.map(({ createdAt }) => createdAt)).toEqual(
    signIns
      .map(({ createdAt }) => createdAt)
      .toSorted()
      .toReversed(),
  )
})
