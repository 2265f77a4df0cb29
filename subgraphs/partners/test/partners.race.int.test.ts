import { randomUUID } from 'node:crypto'
import { eventually, numbered } from '@cartograph/test-kit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { partnersUnderTest, type PartnersUnderTest } from './partners-under-test.ts'

let partners: PartnersUnderTest
beforeAll(async () => void (partners = await partnersUnderTest()))
afterAll(() => partners.stop())

const codesOf = (outcomes: readonly { readonly userErrors: readonly { readonly code: string }[] }[]) =>
  outcomes.flatMap(({ userErrors }) => userErrors.map(({ code }) => code))

test('of eight keys asked for at once two are made', async () => {
  const id = await partners.partner()
  const outcomes = await Promise.all(numbered(8, () => partners.createKey(id)))
  expect(outcomes.filter(({ secret }) => secret !== null)).toHaveLength(2)
  expect(codesOf(outcomes)).toEqual(Array.from({ length: 6 }, () => 'KEY_LIMIT_REACHED'))
  expect(await partners.recorded(id)).toEqual(['PARTNER_CREATED', 'KEY_CREATED', 'KEY_CREATED'])
  expect(await partners.version(id)).toBe(3)
  await eventually(() => expect(partners.told(id)).toEqual([1, 2, 3]))
})

test('of eight partners of one name one is made', async () => {
  const name = randomUUID()
  const outcomes = await Promise.all(numbered(8, () => partners.create({ name, pointsPerMinute: 1 })))
  const [made, ...more] = outcomes.flatMap(({ partner }) => partner ?? [])
  expect(more).toEqual([])
  expect(codesOf(outcomes)).toEqual(Array.from({ length: 7 }, () => 'NAME_TAKEN'))
  expect(await partners.recorded(made!.id)).toEqual(['PARTNER_CREATED'])
})

test('of eight that take one name one has it', async () => {
  const ids = await Promise.all(numbered(8, () => partners.partner()))
  const name = randomUUID()
  const outcomes = await Promise.all(ids.map((id) => partners.update(id, { name })))
  expect(outcomes.filter(({ partner }) => partner?.name === name)).toHaveLength(1)
  expect(codesOf(outcomes)).toEqual(Array.from({ length: 7 }, () => 'NAME_TAKEN'))
  const versions = await Promise.all(ids.map((id) => partners.version(id)))
  expect(versions.toSorted((left, right) => left - right)).toEqual([1, 1, 1, 1, 1, 1, 1, 2])
})

test('changes of one partner at once each have a version, a record and an event', async () => {
  const id = await partners.partner()
  await Promise.all(numbered(8, (number) => partners.update(id, { pointsPerMinute: 1_000 + number })))
  expect(await partners.version(id)).toBe(9)
  expect(await partners.recorded(id)).toEqual([
    'PARTNER_CREATED',
    ...Array.from({ length: 8 }, () => 'PARTNER_UPDATED'),
  ])
  await eventually(() => expect(partners.told(id)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]))
})

test('a key that is ended by several at once is ended once', async () => {
  const id = await partners.partner()
  const { key } = await partners.createKey(id)
  const outcomes = await Promise.all(numbered(8, () => partners.revokeKey(key!.id)))
  expect(new Set(outcomes.map((outcome) => outcome.key!.revokedAt)).size).toBe(1)
  expect(await partners.recorded(id)).toEqual(['PARTNER_CREATED', 'KEY_CREATED', 'KEY_REVOKED'])
  expect(await partners.version(id)).toBe(3)
})
