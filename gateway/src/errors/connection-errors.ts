import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyReply } from 'fastify'

/** For the refusal to be read; then the connection is cut, whether it was or not. */
const patienceMs = 1_000

const textOf = (message: string) => JSON.stringify({ errors: [{ message, extensions: { code: 'BAD_REQUEST' } }] })

/** Answers what is not HTTP, or comes too slowly, in GraphQL's shape and with a code, and ends the connection. */
export function answerClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET' || hasBegunAnswer(socket)) {
    socket.destroy()
    return
  }
  const [status, message] = describe(error)
  const text = textOf(message)
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\ncontent-type: application/json; charset=utf-8\r\n`
  socket.setTimeout(patienceMs, () => socket.destroy())
  socket.end(`${head}content-length: ${Buffer.byteLength(text)}\r\nconnection: close\r\n\r\n${text}`)
}

/** Answers a path that cannot be decoded, before any route is looked for. */
export function answerBadPath(_error: unknown, _request: unknown, reply: FastifyReply): void {
  void reply
    .code(400)
    .header('content-type', 'application/json; charset=utf-8')
    .send(textOf('The path is not one of a URL.'))
}

function describe({ code }: NodeJS.ErrnoException): [number, string] {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return [408, 'The request did not come whole in time.']
  if (code === 'HPE_HEADER_OVERFLOW') return [431, 'The headers are too large.']
  return [400, 'The request is not HTTP.']
}

/** Whether an answer to a request before, on the same connection, is on its way: into that nothing must be written. */
function hasBegunAnswer(socket: Socket): boolean {
  const { _httpMessage: answer } = socket as Socket & { _httpMessage?: { headersSent: boolean } | null }
  return answer?.headersSent === true
}
