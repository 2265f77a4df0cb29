import { randomBytes, randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { SecretBox, UnreadableSecretError } from './secret-box.ts'

const [older, newer] = [randomBytes(32), randomBytes(32)]
const ownerId = randomUUID()
const secret = randomBytes(32)

test('a secret is read by its owner, and never sealed the same way twice', () => {
  const box = new SecretBox([newer])
  const sealed = box.seal(secret, ownerId)
  expect(box.open(sealed, ownerId)).toEqual(secret)
  expect(Buffer.from(sealed).includes(secret)).toBe(false)
  expect(box.seal(secret, ownerId)).not.toEqual(sealed)
})

test('another owner, another key and any changed bit are refused', () => {
  const box = new SecretBox([newer])
  const sealed = box.seal(secret, ownerId)
  expect(() => box.open(sealed, randomUUID())).toThrow(UnreadableSecretError)
  expect(() => new SecretBox([older]).open(sealed, ownerId)).toThrow('a key that is not given')
  for (let at = 0; at < sealed.length; at++) {
    const changed = sealed.with(at, sealed[at]! ^ 1)
    expect(() => box.open(changed, ownerId)).toThrow(UnreadableSecretError)
  }
  for (const length of [0, 7, 20, 35])
    expect(() => box.open(sealed.slice(0, length), ownerId)).toThrow(UnreadableSecretError)
})

test('of two keys the first seals, and both are read', () => {
  const sealed = new SecretBox([older]).seal(secret, ownerId)
  const box = new SecretBox([newer, older])
  expect(box.open(sealed, ownerId)).toEqual(secret)
  expect(new SecretBox([newer]).open(box.seal(secret, ownerId), ownerId)).toEqual(secret)
  expect(Buffer.from(box.seal(secret, ownerId)).subarray(0, 8)).toEqual(Buffer.from(box.newestKeyId))
  expect(Buffer.from(sealed).subarray(0, 8)).not.toEqual(Buffer.from(box.newestKeyId))
})
