import { createHmac } from 'node:crypto'
import { Webhook, WebhookVerificationError } from 'standardwebhooks'
import { expect, test } from 'vitest'
import { signDelivery } from './sign-delivery.ts'
import { newSigningSecret, shownSecret } from './signing-secret.ts'

const body = '{"type":"order.placed","data":{"title":"Čaj"}}'

test('the signature is the HMAC-SHA256 of id, time and body', () => {
  const secret = newSigningSecret()
  const headers = signDelivery('msg_1', body, [secret], new Date('2026-01-31T12:00:00.999Z'))
  const hmac = createHmac('sha256', secret).update(`msg_1.1769860800.${body}`).digest('base64')
  expect(headers).toEqual({
    'webhook-id': 'msg_1',
    'webhook-timestamp': '1769860800',
    'webhook-signature': `v1,${hmac}`,
  })
})

test('each of two secrets verifies as it is shown, and a third does not', () => {
  const [newer, older, another] = [newSigningSecret(), newSigningSecret(), newSigningSecret()]
  const headers = { ...signDelivery('msg_1', body, [newer, older], new Date()) }
  expect(headers['webhook-signature'].split(' ')).toHaveLength(2)
  for (const secret of [newer, older])
    expect(new Webhook(shownSecret(secret)).verify(body, headers)).toEqual(JSON.parse(body))
  expect(() => new Webhook(shownSecret(another)).verify(body, headers)).toThrow(WebhookVerificationError)
  expect(shownSecret(newer)).toMatch(/^whsec_[\w+/]{43}=$/)
})
