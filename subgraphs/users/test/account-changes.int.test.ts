import { randomUUID } from 'node:crypto'
import { toGlobalId } from '@cartograph/global-ids'
import { errorCodes, eventually, guest, user } from '@cartograph/test-kit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Account, password, type UsersUnderTest, usersUnderTest } from './users-under-test.ts'

let users: UsersUnderTest
beforeAll(async () => (users = await usersUnderTest()))
afterAll(() => users.stop())

type Outcome = { viewer: { id: string } | null }
const changePassword = ({ claims }: Pick<Account, 'claims'>, currentPassword: string, newPassword: string) =>
  users.mutate<Outcome>(
    claims,
    `mutation ($currentPassword: String!, $newPassword: String!) {
      passwordChange(currentPassword: $currentPassword, newPassword: $newPassword) {
        viewer { id } userErrors { code path } } }`,
    { currentPassword, newPassword },
  )
const requestChange = ({ claims }: Account, newEmail: string, currentPassword = password) =>
  users.mutate<Outcome>(
    claims,
    `mutation ($currentPassword: String!, $newEmail: String!) {
      emailChangeRequest(currentPassword: $currentPassword, newEmail: $newEmail) {
        viewer { id } userErrors { code path } } }`,
    { currentPassword, newEmail },
  )
const changeEmail = (token: string, viewer = guest()) =>
  users.mutate<{ user: { id: string } | null }>(
    viewer,
    'mutation ($token: String!) { emailChange(token: $token) { user { id } userErrors { code path } } }',
    { token },
  )
const requestReset = (email: string) =>
  users.mutate(
    guest(),
    'mutation ($email: String!) { passwordResetRequest(email: $email) { userErrors { code path } } }',
    { email },
  )
const wrong = { viewer: null, userErrors: [{ code: 'INVALID_CREDENTIALS', path: ['currentPassword'] }] }
const done = ({ id }: Account) => ({ viewer: { id: toGlobalId('User', id) }, userErrors: [] })
const anAddress = () => `${randomUUID()}@example.com`
const mailsOf = (email: string, subject: string, count: number) =>
  eventually(() => {
    const mails = users.mailsTo(email).filter((mail) => mail.includes(`Subject: ${subject}\r\n`))
    expect(mails).toHaveLength(count)
    return mails
  })
/** All that is stored, when no mail is on its way any more. */
const storedAtRest = async () => {
  await eventually(async () =>
    expect(await users.sql(`select from pgboss.job where name = 'mails' and state <> 'completed'`)).toEqual([]),
  )
  return { ...(await users.stored()), jobs: await users.sql('select id from pgboss.job order by id') }
}

describe('changing a password', () => {
  test('ends every session but the asking one, takes back links, and tells the owner', async () => {
    const account = await users.register()
    const other = (await users.signIn(account.email, password))!
    await requestReset(account.email)
    const link = await users.tokenTo(account.email, 'reset-password')
    expect(await changePassword(account, password, 'an entirely new one')).toEqual(done(account))
    expect(await users.signIn(account.email, password)).toBeNull()
    expect(await users.signIn(account.email, 'an entirely new one')).not.toBeNull()
    expect(await users.refusalsOfRefresh(other.refreshToken)).toEqual(['INVALID_TOKEN'])
    expect(await users.refusalsOfRefresh(account.refreshToken)).toEqual([])
    await mailsOf(account.email, 'Your password was changed', 1)
    const { userErrors } = await users.mutate(
      guest(),
      'mutation ($t: String!) { passwordReset(token: $t, newPassword: "one that comes too late") { userErrors { code path } } }',
      { t: link },
    )
    expect(userErrors).toEqual([{ code: 'INVALID_TOKEN', path: ['token'] }])
  })

  test('a wrong password and a bad one are refused, and nothing moves', async () => {
    const account = await users.register()
    const before = await storedAtRest()
    expect(await changePassword(account, 'wrong horse', 'an entirely new one')).toEqual(wrong)
    for (const bad of ['short', 'sunshine1', account.email.toUpperCase()]) {
      expect(await changePassword(account, password, bad)).toEqual({
        viewer: null,
        userErrors: [{ code: 'INVALID_INPUT', path: ['newPassword'] }],
      })
    }
    expect(await storedAtRest()).toEqual(before)
    expect(await users.recorded(account.id)).toEqual(['SIGNED_IN', 'PASSWORD_NOT_CONFIRMED'])
  })

  test('wrong passwords are counted with those of signing in, and refused when there were too many', async () => {
    const account = await users.register()
    for (let tried = 0; tried < 5; tried++) expect(await changePassword(account, 'wrong horse', 'x')).toEqual(wrong)
    const before = await storedAtRest()
    const { viewer, userErrors } = await changePassword(account, password, 'an entirely new one')
    expect({ viewer, userErrors }).toEqual({ viewer: null, userErrors: [{ code: 'TOO_MANY_ATTEMPTS', path: null }] })
    expect(await users.signIn(account.email, password)).toBeNull()
    expect(await storedAtRest()).toEqual(before)
  })

  test('of two changes at once one wins', async () => {
    const account = await users.register()
    const outcomes = await Promise.all([
      changePassword(account, password, 'the one password'),
      changePassword(account, password, 'the other password'),
    ])
    expect(outcomes.filter(({ viewer }) => viewer !== null)).toHaveLength(1)
    expect(outcomes.flatMap(({ userErrors }) => userErrors)).toEqual(wrong.userErrors)
  })

  test('is for who is signed in, and for an account that is there', async () => {
    const mutation =
      'mutation { passwordChange(currentPassword: "correct horse", newPassword: "an entirely new one") { viewer { id } } }'
    for (const viewer of [guest(), user()])
      expect(errorCodes(await users.ask(viewer, mutation))).toEqual(['UNAUTHENTICATED'])
  })
})

describe('changing an e-mail address', () => {
  test('takes effect with the link, verified, for all but the asking session; the old address is told twice', async () => {
    const account = await users.register()
    const other = (await users.signIn(account.email, password))!
    const email = anAddress()
    expect(await requestChange(account, ` ${email.toUpperCase()}`)).toEqual(done(account))
    const token = await users.tokenTo(email, 'change-email')
    await mailsOf(account.email, 'Your e-mail address is about to change', 1)
    expect(await users.signIn(email, password)).toBeNull()
    const verification = await users.tokenTo(account.email, 'verify-email')
    expect(await changeEmail(token, account.claims)).toEqual({
      user: { id: toGlobalId('User', account.id) },
      userErrors: [],
    })
    const { data } = await users.ask(account.claims, '{ viewer { email emailVerified } }')
    expect(data).toEqual({ viewer: { email, emailVerified: true } })
    expect(await users.refusalsOfRefresh(other.refreshToken)).toEqual(['INVALID_TOKEN'])
    expect(await users.refusalsOfRefresh(account.refreshToken)).toEqual([])
    await mailsOf(account.email, 'Your e-mail address was changed', 1)
    expect(await users.recorded(account.id)).toContain('EMAIL_CHANGED')
    expect(await users.signIn(account.email, password)).toBeNull()
    expect(await users.signIn(email, password)).not.toBeNull()
    const before = await storedAtRest()
    const invalid = [{ code: 'INVALID_TOKEN', path: ['token'] }]
    expect((await changeEmail(token)).userErrors).toEqual(invalid)
    const late = await users.mutate(
      guest(),
      'mutation ($t: String!) { emailVerify(token: $t) { userErrors { code path } } }',
      { t: verification },
    )
    expect(late.userErrors).toEqual(invalid)
    expect(await storedAtRest()).toEqual(before)
  })

  test('by somebody else’s browser it ends the owner’s sessions too', async () => {
    const account = await users.register()
    const email = anAddress()
    await requestChange(account, email)
    const stranger = await users.register()
    expect((await changeEmail(await users.tokenTo(email, 'change-email'), stranger.claims)).userErrors).toEqual([])
    expect(await users.refusalsOfRefresh(account.refreshToken)).toEqual(['INVALID_TOKEN'])
    expect(await users.refusalsOfRefresh(stranger.refreshToken)).toEqual([])
  })

  test('an address with an account is not told to the asker, but to who reads its mails', async () => {
    const [account, taken] = [await users.register(), await users.register()]
    const free = anAddress()
    const answers = [await requestChange(account, taken.email), await requestChange(account, free)]
    expect(answers).toEqual([done(account), done(account)])
    const [mail] = await mailsOf(taken.email, 'You have an account already', 1)
    expect(mail).not.toContain('change-email')
    await users.tokenTo(free, 'change-email')
  })

  test('an address that got an account meanwhile is refused to who has its link, and nothing moves', async () => {
    const account = await users.register()
    const email = anAddress()
    await requestChange(account, email)
    const token = await users.tokenTo(email, 'change-email')
    await users.register(email)
    const before = await storedAtRest()
    expect(await changeEmail(token)).toEqual({ user: null, userErrors: [{ code: 'EMAIL_TAKEN', path: ['token'] }] })
    expect(await storedAtRest()).toEqual(before)
  })

  test('a wrong password, the own address and what is none are refused, and nothing is sent', async () => {
    const account = await users.register()
    const before = await storedAtRest()
    const invalid = { viewer: null, userErrors: [{ code: 'INVALID_INPUT', path: ['newEmail'] }] }
    expect(await requestChange(account, anAddress(), 'wrong horse')).toEqual(wrong)
    expect(await requestChange(account, account.email.toUpperCase())).toEqual(invalid)
    expect(await requestChange(account, 'nobody')).toEqual(invalid)
    expect(await storedAtRest()).toEqual(before)
  })

  test('who has lost a session takes the change back with a new password', async () => {
    const account = await users.register()
    const email = anAddress()
    await requestChange(account, email)
    const token = await users.tokenTo(email, 'change-email')
    await changePassword(account, password, 'an entirely new one')
    expect((await changeEmail(token)).userErrors).toEqual([{ code: 'INVALID_TOKEN', path: ['token'] }])
  })

  test('is asked for by who is signed in', async () => {
    const mutation =
      'mutation { emailChangeRequest(currentPassword: "correct horse", newEmail: "a@example.com") { viewer { id } } }'
    expect(errorCodes(await users.ask(guest(), mutation))).toEqual(['UNAUTHENTICATED'])
  })
})
