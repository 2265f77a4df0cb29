import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { toGlobalId } from '@cartograph/global-ids'
import { runLoneGateway } from '@cartograph/local-stack'
import { accessTokenAudience, accessTokenIssuer, accessTokenLifetimeMs, accessTokenType } from '@cartograph/viewer'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'

export interface LoneGateway {
  readonly url: string
  readonly pid: number
  /** An access token as users signs it, of a user and a session of its own. */
  newToken(): Promise<string>
  stop(): Promise<void>
}

/**
 * The gateway as a process, as in production, with nothing behind it but the public key of this process, and `answer`, which
 * every subgraph gives to whatever it is asked.
 */
export async function startLoneGateway(
  answer: object = {},
  environment: Record<string, string> = {},
): Promise<LoneGateway> {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA')
  const jwk = { ...(await exportJWK(publicKey)), kid: 'bench', alg: 'EdDSA', use: 'sig' }
  const [keys, answered] = [JSON.stringify({ keys: [jwk] }), JSON.stringify(answer)]
  const issuer = createServer((request, response) => {
    response.setHeader('content-type', 'application/json').end(request.method === 'POST' ? answered : keys)
  }).listen(0, '127.0.0.1')
  await once(issuer, 'listening')
  const { port } = issuer.address() as AddressInfo
  const gateway = await runLoneGateway(`http://127.0.0.1:${port}/graphql`, { LOG_LEVEL: 'warn', ...environment })
  return {
    url: `${gateway.url}/graphql`,
    pid: gateway.pid,
    newToken: () =>
      new SignJWT({ scope: '', sid: randomUUID() })
        .setProtectedHeader({ alg: 'EdDSA', kid: jwk.kid, typ: accessTokenType })
        .setIssuer(accessTokenIssuer)
        .setAudience(accessTokenAudience)
        .setSubject(toGlobalId('User', randomUUID()))
        .setIssuedAt()
        .setExpirationTime(new Date(Date.now() + accessTokenLifetimeMs))
        .sign(privateKey),
    async stop() {
      await gateway.stop()
      issuer.closeAllConnections()
      issuer.close()
    },
  }
}
