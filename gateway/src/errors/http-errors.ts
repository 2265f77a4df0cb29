import { isRequestError, type RequestErrorCode } from '@cartograph/error-catalogue'
import type { FastifyError, FastifyInstance } from 'fastify'
import type { Logger } from '@cartograph/service-runtime/process'
import { isMeantForClients } from './mask-error.ts'

/** A body up to this size is read and thrown away, so that its sender gets the refusal. */
const mostDiscardedBytes = 64 * 1024 * 1024

/**
 * Answers what fails before GraphQL is reached (no JSON, too large, no such path) in GraphQL's shape and with a code. An
 * error that a hook or a route made for the client is answered as it is.
 */
export function addHttpErrors(server: FastifyInstance, logger: Logger): void {
  server.setErrorHandler<FastifyError>((error, request, reply) => {
    // A cache between us and the client may otherwise keep what it likes of a GET.
    reply.header('cache-control', 'no-store')
    if (isRequestError(error)) {
      const { http, ...extensions } = error.extensions as { http?: HttpOfError; code: string }
      const { code } = extensions
      for (const [name, value] of http?.headers ?? []) reply.header(name, value)
      const told = isMeantForClients(code) ? extensions : { ...extensions, requestId: request.id }
      return reply.code(http?.status ?? 500).send({ errors: [{ message: error.message, extensions: told }] })
    }
    const status = error.statusCode ?? 500
    // Otherwise the connection is cut while the client still writes, and it never reads why.
    if (status === 413 && Number(request.headers['content-length']) <= mostDiscardedBytes)
      reply.header('connection', 'keep-alive')
    const [code, message] = describe(error, status)
    if (status < 500) return reply.code(status).send({ errors: [{ message, extensions: { code } }] })
    const { id: requestId } = request
    logger.error({ err: error, requestId }, 'a request failed before GraphQL')
    return reply.code(status).send({ errors: [{ message, extensions: { code, requestId } }] })
  })
  server.setNotFoundHandler((request, reply) =>
    reply.code(404).send({
      errors: [
        {
          message: `There is nothing at ${request.method} ${request.url.slice(0, 100)}; the API is at POST /graphql.`,
          extensions: { code: 'BAD_REQUEST' },
        },
      ],
    }),
  )
}

/** What Apollo Server, too, reads of an error. */
interface HttpOfError {
  readonly status?: number
  readonly headers?: Iterable<[string, string]>
}

function describe(error: FastifyError, status: number): [RequestErrorCode, string] {
  if (status === 413) return ['PAYLOAD_TOO_LARGE', 'The request body is too large.']
  if (status === 415) return ['BAD_REQUEST', 'Send the operation as application/json.']
  if (status >= 500) return ['INTERNAL_SERVER_ERROR', 'Something went wrong on our side.']
  if (error.code === 'FST_ERR_CTP_INVALID_JSON_BODY' || error.code === 'FST_ERR_CTP_EMPTY_JSON_BODY') {
    return ['BAD_REQUEST', 'The request body is not JSON.']
  }
  return ['BAD_REQUEST', 'The request is not a GraphQL request over HTTP.']
}
