import { expect, test } from 'vitest'
import { csrfTokenOf, isCsrfTokenOf } from './csrf-token.ts'

const [older, newer] = ['a secret of thirty-two characters 1', 'a secret of thirty-two characters 2']
const session = '0189d0e2-6f9f-7c3e-9a2b-0c1d2e3f4a5b'

test('a token is good for its session alone, and each is another one', () => {
  const token = csrfTokenOf([older], session)
  expect(isCsrfTokenOf([older], session, token)).toBe(true)
  expect(isCsrfTokenOf([older], session.replace('0', '1'), token)).toBe(false)
  expect(csrfTokenOf([older], session)).not.toBe(token)
})

test('while a secret is replaced the old one is still believed, and the new one makes tokens', () => {
  const token = csrfTokenOf([older], session)
  expect(isCsrfTokenOf([newer, older], session, token)).toBe(true)
  expect(isCsrfTokenOf([newer], session, token)).toBe(false)
  expect(isCsrfTokenOf([newer], session, csrfTokenOf([newer, older], session))).toBe(true)
})

test('a token with any character changed, cut or added is none, and neither is what is no text', () => {
  const token = csrfTokenOf([older], session)
  for (let at = 0; at < token.length; at += 1) {
    const other = token[at] === 'A' ? 'Q' : 'A'
    // The last character of each part carries four bits that count, and two that do not: 'A' and 'Q' differ in the first.
    const changed = token.slice(0, at) + other + token.slice(at + 1)
    expect(isCsrfTokenOf([older], session, changed), changed).toBe(false)
    expect(isCsrfTokenOf([older], session, token.slice(0, at))).toBe(false)
  }
  for (const nothing of [undefined, '', '.', `${token}A`, [token], `${token} `]) {
    expect(isCsrfTokenOf([older], session, nothing)).toBe(false)
  }
})
