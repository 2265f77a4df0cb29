import { eventually } from '@cartograph/test-kit'
import { expect, inject, test } from 'vitest'
import { ask, customerOf, signIn } from '../src/shop-client.ts'

const { url, dataset } = inject('sharedShop')

const viewer = '{ viewer { sessions { id current } } }'
interface Viewer {
  viewer: { sessions: { id: string; current: boolean }[] }
}

test('a session that ends on another device ends its access token, and leaves the others', async () => {
  const [phone, laptop] = [await signIn(url, customerOf[dataset]), await signIn(url, customerOf[dataset])]
  const { sessions } = (await ask<Viewer>(url, viewer, {}, laptop)).data.viewer
  const current = sessions.filter((session) => session.current)
  expect(current).toHaveLength(1)
  const { data } = await ask(
    url,
    'mutation ($id: ID!) { sessionEnd(sessionId: $id) { endedSessionId userErrors { code } } }',
    { id: current[0]!.id },
    phone,
  )
  expect(data).toEqual({ sessionEnd: { endedSessionId: current[0]!.id, userErrors: [] } })
  await eventually(async () => {
    const { status, errors } = await ask(url, viewer, {}, laptop)
    expect([status, errors?.[0]?.extensions['code'], errors?.[0]?.message]).toEqual([
      401,
      'UNAUTHENTICATED',
      'The session has ended.',
    ])
  })
  const left = (await ask<Viewer>(url, viewer, {}, phone)).data.viewer.sessions
  expect(left.map(({ id }) => id)).not.toContain(current[0]!.id)
  expect(left.filter((session) => session.current)).toHaveLength(1)
})

test('nobody tells the gateway that a session has ended without its secret', async () => {
  const signedIn = await signIn(url, customerOf[dataset])
  const { sessions } = (await ask<Viewer>(url, viewer, {}, signedIn)).data.viewer
  const response = await fetch(new URL('/events', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ events: [{ payload: { sessionIds: sessions.map(({ id }) => id) } }] }),
  })
  expect(response.status).toBe(401)
  expect((await ask<Viewer>(url, viewer, {}, signedIn)).errors).toBeUndefined()
})
