import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Provider } from 'oidc-provider'

/** Somebody with an account at the provider. */
export interface Person {
  readonly sub: string
  readonly email?: string
  readonly email_verified?: boolean
  readonly name?: string
}

type TokenAnswer = Record<string, unknown> & { id_token: string }

/** A certified provider of OpenID Connect on a port of its own, at which whoever is `signedIn` agrees to everything. */
export interface OpenIdProvider {
  readonly issuer: string
  signedIn: Person
  /** Comes between the provider and its answers at the token endpoint. */
  tamper: ((answer: TokenAnswer) => Promise<TokenAnswer>) | null
  /**
   * What a browser does at the authorization URL: it follows each redirect, with the cookies it is given, until it is sent to
   * `redirectUri`. Answers that URL, which the browser would open next.
   */
  visit(authorizationUrl: string, redirectUri: string): Promise<string>
  stop(): Promise<void>
}

export interface Client {
  readonly clientId: string
  readonly clientSecret: string
  readonly redirectUris: readonly string[]
}

export async function startOpenIdProvider({ clientId, clientSecret, redirectUris }: Client): Promise<OpenIdProvider> {
  const server: Server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const people = new Map<string, Person>()
  const provider = new Provider(issuer, {
    clients: [{ client_id: clientId, client_secret: clientSecret, redirect_uris: [...redirectUris] }],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    pkce: { required: () => true },
    jwks: { keys: [signingKey()] },
    ttl: { AccessToken: 60, AuthorizationCode: 60, Grant: 60, IdToken: 60, Interaction: 60, Session: 60 },
    cookies: { keys: ['a key that signs the cookies of one test'] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ ...people.get(sub)!, sub }) }),
    async loadExistingGrant({ oidc }) {
      const grant = new oidc.provider.Grant({ accountId: oidc.session!.accountId!, clientId: oidc.client!.clientId })
      grant.addOIDCScope('openid email profile')
      await grant.save()
      return grant
    },
  })
  const running: OpenIdProvider = {
    issuer,
    signedIn: { sub: 'nobody' },
    tamper: null,
    visit: (authorizationUrl, redirectUri) => followRedirects(authorizationUrl, redirectUri),
    async stop() {
      if (!server.listening) return
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
  provider.use(async (context, next) => {
    await next()
    if (context.path === '/token' && running.tamper && context.status === 200)
      context.body = await running.tamper(context.body as TokenAnswer)
  })
  const handle = provider.callback()
  server.on('request', (request: IncomingMessage, response) => {
    if (!request.url?.startsWith('/interaction/')) return void handle(request, response)
    const { signedIn } = running
    people.set(signedIn.sub, signedIn)
    void provider.interactionFinished(request, response, { login: { accountId: signedIn.sub } })
  })
  return running
}

function signingKey() {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return { ...privateKey.export({ format: 'jwk' }), alg: 'RS256', use: 'sig' }
}

async function followRedirects(from: string, to: string): Promise<string> {
  const cookies = new Map<string, string>()
  let url = from
  while (!url.startsWith(to)) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(url, { redirect: 'manual', headers: { cookie } })
    const location = response.headers.get('location')
    if (location === null) throw new Error(`${url} answered ${response.status}: ${await response.text()}`)
    for (const header of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(header) ?? []
      cookies.set(name, value)
    }
    url = new URL(location, url).href
  }
  return url
}
