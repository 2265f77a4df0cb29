import { guestClaims, viewerOf } from '@cartograph/viewer'
import { expect, test } from 'vitest'
import { cartTokenHash } from './cart/cart-token.ts'
import { permissions } from './permissions.ts'

// The edge shows a stranger no cart to begin with; these hold should it ever forget to.
test.for(['Cart.*', 'CartLine.*'])('%s refuses the fields of what the viewer may not see', async (coordinate) => {
  const parent = { access: { userId: null, tokenHash: cartTokenHash('token'), openedByViewer: false } }
  const outcome = (cartToken: string | null) => {
    const context = { viewer: viewerOf(guestClaims('test', cartToken)) } as never
    return permissions[coordinate]!.resolve(parent, {}, context, {} as never, {} as never)
  }
  expect(await outcome('token')).toBe(true)
  expect(await outcome('another')).toBeInstanceOf(Error)
  expect(await outcome(null)).toBeInstanceOf(Error)
})
