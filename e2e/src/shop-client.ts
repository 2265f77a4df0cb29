import { readFileSync } from 'node:fs'
import path from 'node:path'
import { root } from '@cartograph/local-stack'

export interface Answer<Data = Record<string, unknown>> {
  readonly status: number
  readonly data: Data
  readonly errors: { message: string; path?: (string | number)[]; extensions: Record<string, unknown> }[] | undefined
  readonly text: string
}

/** Sends one operation as a client would, and answers all that came back. */
export async function ask<Data = Record<string, never>>(
  url: string,
  query: string,
  variables: Record<string, unknown> = {},
  headers: Record<string, string> = {},
): Promise<Answer<Data>> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  })
  const text = await response.text()
  const { data, errors } = JSON.parse(text) as Answer<Data>
  return { status: response.status, data, errors, text }
}

/** Signs in and answers the header to send from then on. */
export async function signIn(
  url: string,
  email: string,
  password = 'cartograph-demo',
): Promise<{ authorization: string }> {
  const { data, text } = await ask<{ sessionCreate: { session: { accessToken: string } | null } }>(
    url,
    'mutation ($email: String!, $password: String!) { sessionCreate(email: $email, password: $password) { session { accessToken } } }',
    { email, password },
  )
  if (!data?.sessionCreate.session) throw new Error(`${email} could not sign in: ${text}`)
  return { authorization: `Bearer ${data.sessionCreate.session.accessToken}` }
}

/** An operation of gateway/examples. */
export function exampleOperation(file: string): string {
  return readFileSync(path.join(root, 'gateway/examples', file), 'utf8')
}

/** The customer with a cart and orders of each dataset. */
export const customerOf = {
  demo: 'customer@example.com',
  'online-retail': 'customer-17850@online-retail.example',
} as const
