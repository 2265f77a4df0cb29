import { hash } from '@node-rs/argon2'
import { guest } from '@cartograph/test-kit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checkPassword } from '../src/password/check-password.ts'
import { hashPassword, isHashedAsNow, isPasswordOf } from '../src/session/password.ts'
import { password, type UsersUnderTest, usersUnderTest } from './users-under-test.ts'

const owner = { email: 'ada.lovelace@example.com', displayName: 'Ada Lovelace' }
const messages = async (given: string) => (await checkPassword(given, ['p'], owner)).map(({ message }) => message)

describe('a password that is chosen', () => {
  test.each([
    ['eight letters', 'xkqzvwpy'],
    ['spaces and no digit', 'correct horse battery staple'],
    ['128 code points, each of two units', '😀'.repeat(128)],
    ['another script', 'пароль для магазина'],
    ['one that holds a common one', 'password of mine'],
  ])('may be %s', async (_, given) => {
    expect(await messages(given)).toEqual([])
  })

  const length = 'A password has 8 to 128 characters.'
  const common = 'Too many people use this password. Choose another.'
  const own = 'A password is neither your e-mail address nor your name.'
  test.each([
    ['too short', 'xkqzvwp', length],
    ['too short in code points', '😀'.repeat(7), length],
    ['too short when it is normalised', 'e\u0301'.repeat(7), length],
    ['too long', 'x'.repeat(129), length],
    ['far too long', 'x'.repeat(1_000_000), length],
    ['common', 'password', common],
    ['common, in another case', 'PassWord1', common],
    ['common, in wide letters', 'ｐａｓｓｗｏｒｄ', common],
    ['its owner’s address', 'Ada.Lovelace@example.com', own],
    ['its owner’s name', 'ada lovelace', own],
  ])('may not be %s', async (_, given, message) => {
    expect(await messages(given)).toEqual([message])
  })

  test('the list holds the 3,000 most common ones of 8 characters and more', async () => {
    const { dictionary } = await import('@zxcvbn-ts/language-common')
    const long = dictionary['passwords-common'].filter((each) => [...each].length >= 8)
    expect(long.length).toBeGreaterThan(3_000)
    for (const each of long.slice(0, 3_000)) expect(await messages(each.toUpperCase())).toEqual([common])
  })
})

test('a password is the same however its letters are composed', async () => {
  const hashed = await hashPassword('Cafe\u0301 ﬁne ①')
  expect(await isPasswordOf(hashed, 'Café fine 1')).toBe(true)
  expect(await isPasswordOf(hashed, 'Cafe fine 1')).toBe(false)
})

test('a hash is of today when its parameters are', async () => {
  expect(isHashedAsNow(await hashPassword('correct horse'))).toBe(true)
  for (const other of ['m=19457,t=2,p=1', 'm=19456,t=3,p=1', 'm=19456,t=2,p=2'])
    expect(isHashedAsNow(`$argon2id$v=19$${other}$c2FsdA$aGFzaA`)).toBe(false)
  expect(isHashedAsNow('$argon2i$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA')).toBe(false)
})

test('who comes when a hundred wait is told at once, and everybody else is answered', async () => {
  const outcomes = await Promise.allSettled(Array.from({ length: 110 }, () => hashPassword('correct horse')))
  const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []))
  expect(refused).toHaveLength(8)
  for (const error of refused) expect(error).toMatchObject({ extensions: { code: 'OVERLOADED' } })
  expect(isHashedAsNow(await hashPassword('correct horse'))).toBe(true)
})

describe('at sign-in', () => {
  let users: UsersUnderTest
  beforeAll(async () => (users = await usersUnderTest()))
  afterAll(() => users.stop())
  const hashOf = async (id: string) =>
    (await users.sql<{ hash: string }>('select password_hash as hash from user_account where id = $1', [id]))[0]!.hash

  test('a hash of other parameters is made anew by the right password, and by no other', async () => {
    const { id, email } = await users.register()
    const weak = await hash(password, { memoryCost: 8_192, timeCost: 1, parallelism: 1 })
    await users.sql('update user_account set password_hash = $2 where id = $1', [id, weak])
    expect(await users.signIn(email, 'wrong horse')).toBeNull()
    expect(await hashOf(id)).toBe(weak)
    expect(await users.signIn(email, password)).not.toBeNull()
    const renewed = await hashOf(id)
    expect(isHashedAsNow(renewed)).toBe(true)
    expect(await users.signIn(email, password)).not.toBeNull()
    expect(await hashOf(id)).toBe(renewed)
  })

  test('a common password is refused at registration, by name', async () => {
    const before = await users.stored()
    const input = { email: 'new@example.com', password: 'Password1', displayName: 'New' }
    const { userErrors } = await users.mutate(
      guest(),
      'mutation ($input: UserRegisterInput!) { userRegister(input: $input) { userErrors { code path } } }',
      { input },
    )
    expect(userErrors).toEqual([{ code: 'INVALID_INPUT', path: ['input', 'password'] }])
    expect(await users.stored()).toEqual(before)
  })
})
