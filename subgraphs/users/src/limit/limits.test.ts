import { expect, test } from 'vitest'
import { clientNetwork } from './client-network.ts'
import { delayAfter, type Limit, passwordTries, triesFromAddress } from './limits.ts'

/** How many tries of somebody who never waits longer than they must fit into one window. */
function triesWithin(limit: Limit): number {
  let [tries, at] = [0, 0]
  while (at < limit.windowMs) {
    tries += 1
    at += delayAfter(limit, tries)
  }
  return tries
}

test('a password is tried 98 times a day at most, and who waits is given a place after 17 minutes at most', () => {
  expect(triesWithin(passwordTries)).toBe(98)
  expect([4, 5, 6, 7, 14, 15, 16, 100].map((tries) => delayAfter(passwordTries, tries) / 1_000)).toEqual([
    0, 1, 2, 4, 512, 1024, 1024, 1024,
  ])
})

test('an address has its free tries at once, and then one each ten seconds', () => {
  const limit = triesFromAddress(60)
  expect([1, 59, 60, 61, 1_000].map((tries) => delayAfter(limit, tries))).toEqual([0, 0, 10_000, 10_000, 10_000])
  expect(triesWithin(limit)).toBe(119)
})

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['::ffff:cb00:7107', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:DB8:1:2:ffff:ffff:ffff:ffff', '2001:db8:1:2::/64'],
  ['2001:db8:1:3::1', '2001:db8:1:3::/64'],
  ['fe80::1%eth0', 'fe80::/64'],
  ['::1', '::/64'],
  ['nonsense', 'nonsense'],
])('tries from %s are counted under %s', (address, network) => {
  expect(clientNetwork(address)).toBe(network)
})
