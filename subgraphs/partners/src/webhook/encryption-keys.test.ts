import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { encryptionKeys } from './encryption-keys.ts'

const [first, second, third] = [randomBytes(32), randomBytes(32), randomBytes(32)]

test('a key is read in hexadecimal and in base64url, and two in their order', () => {
  expect(encryptionKeys.parse(first.toString('hex'))).toEqual([first])
  expect(encryptionKeys.parse(`${first.toString('base64url')}, ${second.toString('hex')}`)).toEqual([first, second])
})

const malformed = 'has a key that is not 32 bytes in hexadecimal or base64url'

test.each([
  ['nothing', undefined, 'is missing; give one or two keys of 32 bytes in hexadecimal or base64url, comma-separated'],
  ['an empty one', '', malformed],
  ['a short one', randomBytes(31).toString('hex'), malformed],
  ['a long one', randomBytes(33).toString('base64url'), malformed],
  ['a pass phrase', 'correct horse battery staple, and more of that', malformed],
  ['one beside an empty one', `${first.toString('hex')},`, malformed],
  ['three', [first, second, third].map((key) => key.toString('hex')).join(','), 'has more than two keys'],
])('%s is refused', (_, text, message) =>
  expect(encryptionKeys.safeParse(text).error?.issues.map((issue) => issue.message)).toEqual([message]),
)
