import { createServer } from 'node:net'
import { once } from 'node:events'
import tls from 'node:tls'
import { eventually } from '@cartograph/test-kit'
import { Webhook } from 'standardwebhooks'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { newSigningSecret, shownSecret } from '../src/webhook/signing-secret.ts'
import { resolveLocalName, resolvePublicName } from '../src/webhook/resolve-name.ts'
import { WebhookSender } from '../src/webhook/webhook-sender.ts'
import { receiverCertificate } from './receiver-certificate.ts'
import { answering, type ReceiverUnderTest, startReceiver } from './receiver-under-test.ts'

const secret = newSigningSecret()
const webhook = { messageId: 'msg_1', body: '{"type":"price.changed"}', secrets: [secret] }
const now = () => new Date()

let receiver: ReceiverUnderTest
const senders: WebhookSender[] = []

function sender(guard: Partial<ConstructorParameters<typeof WebhookSender>[0]> = {}, deadlineMs?: number) {
  const made = new WebhookSender({ allowsPrivateNetworks: true, resolve: resolveLocalName, ...guard }, now, deadlineMs)
  senders.push(made)
  return made
}

beforeEach(async () => {
  receiver = await startReceiver()
})
afterEach(async () => {
  await Promise.all(senders.splice(0).map((each) => each.close()))
  await receiver.stop()
})

test('what is sent verifies, and is what Standard Webhooks say', async () => {
  const sent = await sender().send({ url: receiver.url, ...webhook })
  expect(sent).toEqual({
    at: expect.any(Date),
    httpStatus: 204,
    durationMs: expect.any(Number),
    failure: null,
    retryAfterMs: null,
  })
  const [{ path, headers, body }] = receiver.received as [(typeof receiver.received)[0]]
  expect([path, body]).toEqual(['/hooks?tenant=1', webhook.body])
  expect(headers).toMatchObject({ 'content-type': 'application/json', 'user-agent': 'Cartograph-Webhooks' })
  expect(new Webhook(shownSecret(secret)).verify(body, headers as Record<string, string>)).toEqual({
    type: 'price.changed',
  })
})

test('each is sent over a connection of its own', async () => {
  const sending = sender()
  for (let count = 0; count < 3; count++) await sending.send({ url: receiver.url, ...webhook })
  expect([receiver.received.length, receiver.connections]).toEqual([3, 3])
})

test.each([
  [200, null],
  [202, null],
  [299, null],
  [300, 'answered 300'],
  [304, 'answered 304'],
  [400, 'answered 400'],
  [410, 'answered 410'],
  [500, 'answered 500'],
])('an answer of %i: %j', async (status, failure) => {
  receiver.behave = answering(status)
  expect(await sender().send({ url: receiver.url, ...webhook })).toMatchObject({ httpStatus: status, failure })
})

test('a receiver that asks to be left alone is heard', async () => {
  receiver.behave = answering(429, { 'retry-after': '120' })
  expect(await sender().send({ url: receiver.url, ...webhook })).toMatchObject({
    httpStatus: 429,
    retryAfterMs: 120_000,
  })
})

test.each([301, 302, 303, 307, 308])('a redirect, %i, is followed nowhere', async (status) => {
  const elsewhere = await startReceiver()
  try {
    for (const location of [receiver.url, elsewhere.url, 'http://169.254.169.254/latest/meta-data/']) {
      receiver.behave = answering(status, { location })
      const sent = await sender().send({ url: receiver.url, ...webhook })
      expect(sent).toMatchObject({ httpStatus: status, failure: `answered ${status}` })
    }
    expect([receiver.received.length, elsewhere.connections]).toEqual([3, 0])
  } finally {
    await elsewhere.stop()
  }
})

test('one that never answers is given up', async () => {
  receiver.behave = () => {}
  const sent = await sender({}, 200).send({ url: receiver.url, ...webhook })
  expect(sent).toMatchObject({ httpStatus: null, failure: 'no answer within 0.2 s' })
  expect(sent.durationMs).toBeGreaterThanOrEqual(199)
  expect(sent.durationMs).toBeLessThan(2_000)
})

test.each([
  [200, null],
  [500, 'answered 500'],
])('one that never ends its answer of %i has said its status', async (status, failure) => {
  receiver.behave = (response) => void response.writeHead(status).write('a')
  const sent = await sender({}, 200).send({ url: receiver.url, ...webhook })
  expect(sent).toMatchObject({ httpStatus: status, failure })
  expect(sent.durationMs).toBeLessThan(2_000)
})

test.each([
  ['says so', { 'content-length': String(100_000_000) }],
  ['does not', {}],
])('of an answer of 100 MB that %s little is read', async (_, headers) => {
  receiver.behave = (response) => {
    response.writeHead(200, headers)
    const chunk = Buffer.alloc(1_000_000)
    const write = (left: number) => {
      if (left > 0 && !response.destroyed) response.write(chunk, () => write(left - 1))
    }
    write(100)
  }
  expect(await sender().send({ url: receiver.url, ...webhook })).toMatchObject({ httpStatus: 200, failure: null })
  await eventually(() => expect(receiver.bytesSent).toBeGreaterThan(0))
  // What fits into the buffers of two sockets.
  expect(receiver.bytesSent).toBeLessThan(20_000_000)
})

test.each<[string, (typeof receiver)['behave'], string]>([
  ['resets', (_, request) => void request.socket.resetAndDestroy(), 'the connection broke'],
  ['hangs up', (_, request) => void request.socket.end(), 'the connection broke'],
  ['speaks no HTTP', (_, request) => void request.socket.end('SSH-2.0-OpenSSH\r\n\r\n'), 'the answer is not HTTP'],
  [
    'has endless headers',
    (_, request) => void request.socket.write(`HTTP/1.1 200 OK\r\na: ${'a'.repeat(100_000)}`),
    'the answer has too long headers',
  ],
])('one that %s has not taken it', async (_, behave, failure) => {
  receiver.behave = behave
  expect(await sender().send({ url: receiver.url, ...webhook })).toMatchObject({ httpStatus: null, failure })
})

test('where nobody listens the connection is refused', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  const sent = await sender().send({ url: `http://127.0.0.1:${port}/`, ...webhook })
  expect(sent).toMatchObject({ httpStatus: null, failure: 'the connection was refused' })
})

test('a name that does not resolve, or to nothing', async () => {
  const nothing = sender({ resolve: async () => [] })
  const unknown = sender({ resolve: resolvePublicName(['127.0.0.1:9']) })
  for (const each of [nothing, unknown]) {
    const sent = await each.send({ url: 'http://partner.example/', ...webhook })
    expect(sent).toMatchObject({ httpStatus: null, failure: 'the name does not resolve' })
  }
})

test('a certificate that nobody vouches for is refused, also of another name; one that is trusted is not', async () => {
  const secure = await startReceiver({ tls: true })
  const resolve = async () => ['127.0.0.1']
  const trusted = tls.getCACertificates('default')
  try {
    const untrusted = await sender({ resolve }).send({ url: `https://partner.example:${secure.port}/`, ...webhook })
    expect(untrusted).toMatchObject({ httpStatus: null, failure: 'TLS failed (DEPTH_ZERO_SELF_SIGNED_CERT)' })
    tls.setDefaultCACertificates([...trusted, receiverCertificate])
    const another = await sender({ resolve }).send({ url: `https://another.example:${secure.port}/`, ...webhook })
    expect(another).toMatchObject({ httpStatus: null, failure: 'TLS failed (ERR_TLS_CERT_ALTNAME_INVALID)' })
    expect(secure.received).toEqual([])
    const taken = await sender({ resolve }).send({ url: `https://partner.example:${secure.port}/`, ...webhook })
    expect(taken).toMatchObject({ httpStatus: 204, failure: null })
    expect(secure.received).toHaveLength(1)
  } finally {
    tls.setDefaultCACertificates(trusted)
    await secure.stop()
  }
})

test('plain HTTP to what expects TLS, and TLS to what does not', async () => {
  const secure = await startReceiver({ tls: true })
  try {
    const plain = await sender().send({ url: `http://127.0.0.1:${secure.port}/`, ...webhook })
    expect(plain).toMatchObject({ httpStatus: null, failure: 'the connection broke' })
    const sent = await sender().send({ url: `https://127.0.0.1:${receiver.port}/`, ...webhook })
    expect(sent.failure).toMatch(/^TLS failed \(/)
    expect([secure.received, receiver.received]).toEqual([[], []])
  } finally {
    await secure.stop()
  }
})

test('the proxies of the environment are not asked', async () => {
  const proxy = await startReceiver()
  try {
    for (const name of ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'http_proxy', 'https_proxy'])
      vi.stubEnv(name, `http://127.0.0.1:${proxy.port}`)
    vi.stubEnv('NODE_USE_ENV_PROXY', '1')
    expect(await sender().send({ url: receiver.url, ...webhook })).toMatchObject({ failure: null })
    expect([receiver.received.length, proxy.connections]).toEqual([1, 0])
  } finally {
    vi.unstubAllEnvs()
    await proxy.stop()
  }
})
