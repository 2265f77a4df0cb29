import { afterEach, beforeEach, expect, test } from 'vitest'
import { guardedAgent, PrivateAddressError } from '../src/webhook/guarded-agent.ts'
import type { ResolveName } from '../src/webhook/resolve-name.ts'
import { WebhookSender } from '../src/webhook/webhook-sender.ts'
import { type ReceiverUnderTest, startReceiver } from './receiver-under-test.ts'

let receiver: ReceiverUnderTest
const agents: { destroy(): Promise<void> }[] = []

beforeEach(async () => {
  receiver = await startReceiver()
})
afterEach(async () => {
  await Promise.all(agents.splice(0).map((agent) => agent.destroy()))
  await receiver.stop()
})

/** Answers what a test says, and notes what it was asked. */
function resolver(...answers: string[][]) {
  const asked: string[] = []
  const resolve: ResolveName = async (name) => {
    asked.push(name)
    return answers[Math.min(asked.length, answers.length) - 1]!
  }
  return { asked, resolve }
}

function agentOf(resolve: ResolveName, allowsPrivateNetworks = false) {
  const agent = guardedAgent({ allowsPrivateNetworks, resolve })
  agents.push(agent)
  return (host: string, scheme = 'http') =>
    agent.request({ origin: `${scheme}://${host}:${receiver.port}`, path: '/', method: 'POST', body: '{}' })
}

const nobody: ResolveName = async (name) => Promise.reject(new Error(`${name} was asked for`))

test.each([
  '127.0.0.1',
  '127.0.0.1.',
  '127.1',
  '127.0.1',
  '2130706433',
  '0x7f000001',
  '0x7f.0.0.1',
  '0177.0.0.1',
  '017700000001',
  '%31%32%37.0.0.1',
  '①②⑦.0.0.1',
  '0.0.0.0',
  '0',
  '[::1]',
  '[0:0:0:0:0:0:0:1]',
  '[::]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[::127.0.0.1]',
  '[64:ff9b::127.0.0.1]',
  '[2002:7f00:1::]',
  '169.254.169.254',
  '10.0.0.1',
  '[fd00::1]',
  '[fe80::1]',
])('%s is refused as it is written, over HTTP and TLS, and nothing is connected to', async (host) => {
  const post = agentOf(nobody)
  // undici takes the host of an origin as URL does.
  for (const scheme of ['http', 'https']) await expect(post(host, scheme)).rejects.toThrow(PrivateAddressError)
  expect(receiver.connections).toBe(0)
})

test.each([
  ['a loopback', ['127.0.0.1']],
  ['a private address', ['10.0.0.1']],
  ['a mapped loopback', ['::ffff:127.0.0.1']],
  ['a public and a private address', ['1.1.1.1', '127.0.0.1']],
  ['a private and a public address', ['127.0.0.1', '1.1.1.1']],
  ['a public IPv6 and a private IPv4 address', ['2606:4700:4700::1111', '127.0.0.1']],
  ['a loopback in decimal', ['2130706433']],
  ['what is no address', ['localhost']],
])('a name that resolves to %s is refused, and nothing is connected to', async (_, addresses) => {
  const { asked, resolve } = resolver(addresses)
  const post = agentOf(resolve)
  for (const scheme of ['http', 'https'])
    await expect(post('partner.example', scheme)).rejects.toThrow(PrivateAddressError)
  expect([asked, receiver.connections]).toEqual([['partner.example', 'partner.example'], 0])
})

test('what was resolved is what is connected to: a name is asked for once for each connection', async () => {
  const { asked, resolve } = resolver(['127.0.0.1'])
  const post = agentOf(resolve, true)
  for (let count = 1; count <= 3; count++) {
    await (await post('partner.example')).body.dump()
    expect([asked.length, receiver.connections]).toEqual([count, count])
  }
})

test('a name that says something else at the next connection is judged by that', async () => {
  const { asked, resolve } = resolver(['240.0.0.1'], ['127.0.0.1'])
  const post = agentOf(resolve)
  await expect(post('partner.example')).rejects.toThrow('240.0.0.1 is not a public address')
  await expect(post('partner.example')).rejects.toThrow('127.0.0.1 is not a public address')
  expect([asked.length, receiver.connections]).toEqual([2, 0])
})

test('the sender says so, and refuses what it may not be given before it resolves anything', async () => {
  const { asked, resolve } = resolver(['127.0.0.1'])
  const sender = new WebhookSender({ allowsPrivateNetworks: false, resolve }, () => new Date())
  const send = (url: string) => sender.send({ url, messageId: 'msg_1', body: '{}', secrets: [Buffer.from('secret')] })
  try {
    const sent = await send(`https://partner.example:${receiver.port}/`)
    expect(sent).toMatchObject({ httpStatus: null, failure: 'the address is not public' })
    for (const url of [receiver.url, `https://127.0.0.1:${receiver.port}/`, 'http://partner.example/'])
      expect(await send(url)).toMatchObject({ httpStatus: null, failure: 'nothing may be sent to this URL' })
    expect([asked, receiver.connections]).toEqual([['partner.example'], 0])
  } finally {
    await sender.close()
  }
})
