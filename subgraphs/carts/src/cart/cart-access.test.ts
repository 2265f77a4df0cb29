import { guestClaims, viewerOf } from '@cartograph/viewer'
import { expect, test } from 'vitest'
import { mayChangeCart, maySeeCart, maySeeCartOfUser } from './cart-access.ts'
import { cartTokenHash, newCartToken } from './cart-token.ts'

const viewer = (id: string, scopes: string[] = []) =>
  viewerOf({ kind: 'user', id, scopes, cartToken: null, sessionId: null, clientAddress: null, requestId: 'test' })
const ofUser = { userId: 'u1', tokenHash: null, openedByViewer: false }

test('the cart of a user is changed by that user, and seen by staff', () => {
  expect(mayChangeCart(viewer('u1'), ofUser)).toBe(true)
  expect(mayChangeCart(viewer('u2', ['carts:read']), ofUser)).toBe(false)
  expect(maySeeCart(viewer('u2', ['carts:read']), ofUser)).toBe(true)
  expect(maySeeCart(viewer('u2', ['orders:read']), ofUser)).toBe(false)
  expect(maySeeCartOfUser(viewer('u2'), 'u1')).toBe(false)
  expect(maySeeCartOfUser(viewer('u1'), 'u1')).toBe(true)
})

test('the cart of a guest is changed by whoever has its token, and by nobody for want of one', () => {
  const token = newCartToken()
  const ofGuest = { userId: null, tokenHash: cartTokenHash(token), openedByViewer: false }
  expect(mayChangeCart(viewerOf(guestClaims('test', token)), ofGuest)).toBe(true)
  for (const other of [newCartToken(), '', `${token} `, Buffer.from(ofGuest.tokenHash).toString('hex'), null]) {
    expect(maySeeCart(viewerOf(guestClaims('test', other)), ofGuest)).toBe(false)
    // Nobody is no owner: a guest has no user id, and a guest's cart has none either.
    expect(mayChangeCart(viewerOf(guestClaims('test', other)), { ...ofGuest, tokenHash: null })).toBe(false)
  }
})
