import { afterEach, expect, test } from 'vitest'
import { resolveLocalName, resolvePublicName } from '../src/webhook/resolve-name.ts'
import { WebhookSender } from '../src/webhook/webhook-sender.ts'
import { startNameServer } from './name-server-under-test.ts'

let server: Awaited<ReturnType<typeof startNameServer>>
afterEach(() => server.stop())

test.each([
  ['both kinds', ['93.184.216.34', '2606:4700:4700::1111']],
  ['IPv4 alone', ['93.184.216.34', '93.184.216.35']],
  ['IPv6 alone', ['2606:4700:4700::1111']],
])('every address of a name with %s is found, by one question of each kind', async (_, addresses) => {
  server = await startNameServer('partner.example', addresses)
  expect(await resolvePublicName([server.address])('partner.example')).toEqual(addresses)
  expect(server.asked.toSorted()).toEqual(['partner.example A', 'partner.example AAAA'])
})

test('a name without an address, and one that there is not', async () => {
  server = await startNameServer('partner.example', [])
  const resolve = resolvePublicName([server.address])
  await expect(resolve('partner.example')).rejects.toMatchObject({ code: 'ENODATA' })
  await expect(resolve('another.example')).rejects.toMatchObject({ code: 'ENOTFOUND' })
})

test('what the name server says of a private address is refused, though it says a public one too', async () => {
  server = await startNameServer('partner.example', ['93.184.216.34', '::ffff:10.0.0.1'])
  const guard = { allowsPrivateNetworks: false, resolve: resolvePublicName([server.address]) }
  const sender = new WebhookSender(guard, () => new Date())
  try {
    const webhook = {
      url: 'https://partner.example/',
      messageId: 'msg_1',
      body: '{}',
      secrets: [Buffer.from('secret')],
    }
    expect(await sender.send(webhook)).toMatchObject({ httpStatus: null, failure: 'the address is not public' })
  } finally {
    await sender.close()
  }
})

test('a name server that says nothing is given up', async () => {
  server = await startNameServer('partner.example', [])
  server.isSilent = true
  await expect(resolvePublicName([server.address])('partner.example')).rejects.toMatchObject({ code: 'ETIMEOUT' })
}, 15_000)

test('names of this machine are its own alone', async () => {
  server = await startNameServer('partner.example', ['93.184.216.34'])
  expect(await resolveLocalName('localhost')).toContain('127.0.0.1')
  await expect(resolvePublicName([server.address])('localhost')).rejects.toMatchObject({ code: 'ENOTFOUND' })
})
