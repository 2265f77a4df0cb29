import { errorCatalogue } from '@cartograph/error-catalogue'
import { type Viewer, verifyRequest } from '@cartograph/viewer'
import type { FastifyInstance, FastifyRequest } from 'fastify'

const viewers = new WeakMap<FastifyRequest, Viewer>()

/** Who the signature of `request` vouches for. Only for routes behind `requireSignature`. */
export function viewerOfRequest(request: FastifyRequest): Viewer {
  const viewer = viewers.get(request)
  if (!viewer) throw new Error('viewerOfRequest was called on a route that asks for no signature')
  return viewer
}

/**
 * Makes every route of `server` answer 401 UNSIGNED_REQUEST unless the request carries a fresh signature under one of
 * `secrets`. The body is parsed only afterwards, so that a stranger's bytes reach nothing but the HMAC.
 */
export function requireSignature(server: FastifyInstance, secrets: readonly string[]): void {
  server.removeContentTypeParser('application/json')
  server.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => done(null, body))
  server.addHook('preValidation', async (request, reply) => {
    const body = typeof request.body === 'string' ? request.body : ''
    const viewer = verifyRequest(secrets, { method: request.method, path: request.url, body }, request.headers)
    if (!viewer) {
      const message = 'This service answers only requests signed by the gateway or another service.'
      return reply
        .code(errorCatalogue.UNSIGNED_REQUEST.status)
        .send({ errors: [{ message, extensions: { code: 'UNSIGNED_REQUEST' } }] })
    }
    viewers.set(request, viewer)
    if (body) request.body = JSON.parse(body)
  })
}
