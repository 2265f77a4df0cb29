import { toGlobalId } from '@cartograph/global-ids'
import { errorCodes, eventually, guest, user } from '@cartograph/test-kit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Account, password, type UsersUnderTest, usersUnderTest } from './users-under-test.ts'

let users: UsersUnderTest
beforeAll(async () => (users = await usersUnderTest()))
afterAll(() => users.stop())

const erase = ({ claims }: Account, currentPassword = password) =>
  users.mutate<{ deletedUserId: string | null }>(
    claims,
    `mutation ($currentPassword: String!) {
      accountDelete(currentPassword: $currentPassword) { deletedUserId userErrors { code path } } }`,
    { currentPassword },
  )
const address = '{ fullName: "Ada", line1: "1 Road", city: "London", postalCode: "N1", countryCode: "GB" }'
const addAddress = `mutation { addressCreate(input: ${address}) { address { id } userErrors { code } } }`
const mailsSent = () =>
  eventually(async () =>
    expect(await users.sql(`select from pgboss.job where name = 'mails' and state <> 'completed'`)).toEqual([]),
  )
const wrong = { deletedUserId: null, userErrors: [{ code: 'INVALID_CREDENTIALS', path: ['currentPassword'] }] }

test('nothing that is kept names the account any more but the event and the record, which know its id alone', async () => {
  const [account, other] = [await users.register(), await users.register()]
  await users.sql(`update security_event set client_address = '203.0.113.7'`)
  await users.ask(account.claims, addAddress)
  await users.ask(other.claims, addAddress)
  await users.mutate(
    guest(),
    'mutation ($email: String!) { passwordResetRequest(email: $email) { userErrors { code path } } }',
    { email: account.email },
  )
  await mailsSent()
  // One that was given up: what nobody has looked at is forgotten too.
  await users.sql(`update pgboss.job set state = 'failed' where name = 'mails' and data->>'email' = $1`, [
    account.email,
  ])
  const before = await users.stored()
  expect(await erase(account)).toEqual({ deletedUserId: toGlobalId('User', account.id), userErrors: [] })
  const after = await users.stored()
  for (const table of ['user_account', 'address', 'session', 'one_time_token', 'refresh_token']) {
    const gone = before[table]!.length - after[table]!.length
    expect([table, gone]).toEqual([table, table === 'one_time_token' ? 2 : 1])
  }
  const jobs = await users.sql<{ text: string }>('select data::text as text from pgboss.job')
  const everything = JSON.stringify([after, jobs])
  expect(everything).not.toContain(account.email)
  expect(JSON.stringify(after)).not.toContain(account.id)
  expect(JSON.stringify(after)).toContain(other.id)
  expect(await users.recorded(account.id)).toEqual(['SIGNED_IN', 'ACCOUNT_DELETED'])
  const addresses = 'select distinct client_address as address from security_event where user_id = $1'
  expect(await users.sql(addresses, [account.id])).toEqual([{ address: null }])
  const told = await eventually(async () => {
    const rows = await users.sql(
      `select name, data->>'name' as event, data->'payload' as payload from pgboss.job
       where name like 'events-to-%' order by name`,
    )
    expect(rows).toHaveLength(3)
    return rows
  })
  const event = { event: 'users.account-deleted.v1', payload: { userId: account.id } }
  expect(told).toEqual([
    { name: 'events-to-carts', ...event },
    { name: 'events-to-orders', ...event },
    { name: 'events-to-recommendations', ...event },
  ])
})

test('the access token that is left shows nothing and does nothing', async () => {
  const account = await users.register()
  await mailsSent()
  await erase(account)
  const before = await users.stored()
  expect(await users.ask(account.claims, '{ viewer { id email } }')).toEqual({ data: { viewer: null } })
  for (const mutation of [
    addAddress,
    'mutation { viewerUpdate(input: { displayName: "Ghost" }) { viewer { id } } }',
    'mutation { emailVerificationRequest { viewer { id } } }',
    `mutation { emailChangeRequest(currentPassword: "${password}", newEmail: "new@example.com") { viewer { id } } }`,
    `mutation { accountDelete(currentPassword: "${password}") { deletedUserId } }`,
  ]) {
    expect(errorCodes(await users.ask(account.claims, mutation))).toEqual(['UNAUTHENTICATED'])
  }
  expect(await users.refusalsOfRefresh(account.refreshToken)).toEqual(['INVALID_TOKEN'])
  expect(await users.signIn(account.email, password)).toBeNull()
  expect(await users.stored()).toEqual(before)
})

test('the address may have an account again, which is another one', async () => {
  const account = await users.register()
  await erase(account)
  const again = await users.register(account.email)
  expect(again.id).not.toBe(account.id)
})

test('a wrong password is refused, and nothing moves; nor may a guest', async () => {
  const account = await users.register()
  await mailsSent()
  const before = { ...(await users.stored()), jobs: await users.sql('select id from pgboss.job order by id') }
  expect(await erase(account, 'wrong horse')).toEqual(wrong)
  const mutation = `mutation { accountDelete(currentPassword: "${password}") { deletedUserId } }`
  for (const viewer of [guest(), user()])
    expect(errorCodes(await users.ask(viewer, mutation))).toEqual(['UNAUTHENTICATED'])
  expect({ ...(await users.stored()), jobs: await users.sql('select id from pgboss.job order by id') }).toEqual(before)
  expect(await users.recorded(account.id)).toEqual(['SIGNED_IN', 'PASSWORD_NOT_CONFIRMED'])
})

test('of two at once one wins, and the others are told once', async () => {
  const account = await users.register()
  const mutation = `mutation { accountDelete(currentPassword: "${password}") { deletedUserId userErrors { code } } }`
  const answers = await Promise.all([users.ask(account.claims, mutation), users.ask(account.claims, mutation)])
  const won = answers.filter(({ data }) => JSON.stringify(data).includes(toGlobalId('User', account.id)))
  expect(won).toHaveLength(1)
  const events = await users.sql(
    `select id from pgboss.job where name = 'events' and data->'envelope'->>'aggregateId' = $1`,
    [account.id],
  )
  expect(events).toHaveLength(1)
})
