import type { ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'
import { type Answering, type Asked, stockAnswer, stocked } from './honest.ts'

const megabyte = 1_000_000

/** The text of an honest answer, in which `entities` may be others. */
const honestText = (asked: Asked, entities: (honest: object[]) => unknown[] = (honest) => honest) =>
  JSON.stringify({ data: { _entities: entities(asked.variables.representations!.map(({ id }) => stocked(id))) } })

/** Each item has `fields` instead of its own. */
export const saying =
  (fields: object): Answering =>
  (asked, _, response) => {
    const text = honestText(asked, (honest) => honest.map((entity) => ({ ...entity, ...fields })))
    response.setHeader('content-type', 'application/json').end(text)
  }
const sayingText =
  (text: string | Buffer, headers: Record<string, string> = {}, status = 200): Answering =>
  (_asked, _, response) =>
    void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text)

/** Written past HTTP's rules, and then the connection ends. */
const raw =
  (bytes: string): Answering =>
  (_asked, { socket }) =>
    void socket.end(bytes)
const answerHead = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n'

/** `megabytes` of `piece`, as fast as they are taken. */
function pour(response: ServerResponse, megabytes: number, piece = 'x'): void {
  const chunk = piece.repeat(Math.floor(megabyte / piece.length))
  let left = megabytes
  const write = () => {
    while (left > 0 && !response.destroyed) {
      left -= 1
      if (!response.write(chunk)) {
        response.once('drain', write)
        return
      }
    }
    if (!response.destroyed) response.end()
  }
  write()
}
const pouring =
  (headers: Record<string, string | number>, piece?: string, beginning = ''): Answering =>
  (_asked, _, response) => {
    response.writeHead(200, { 'content-type': 'application/json', ...headers })
    if (beginning) response.write(beginning)
    pour(response, 200, piece)
  }

const nested = (open: string, depth: number, close: string) => `${open.repeat(depth)}1${close.repeat(depth)}`
/** An entity whose scalar that may be anything is `text`. */
const anything =
  (text: string): Answering =>
  (asked, _, response) =>
    void response
      .setHeader('content-type', 'application/json')
      .end(honestText(asked).replaceAll('{"a":[1]}', () => text))

/** Neither of these ends a request by itself. */
export const hung = {
  'is silent': () => {},
  'never ends its headers': (_asked, { socket }) => {
    socket.write('HTTP/1.1 200 OK\r\n')
    drip(socket, 'x: y\r\n')
  },
  'drips an answer without end': (_asked, _, response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    response.write('{"data":')
    drip(response, ' ')
  },
  'says forever that it goes on': (_asked, { socket }) => drip(socket, 'HTTP/1.1 102 Processing\r\n\r\n'),
} as const satisfies Record<string, Answering>

function drip(stream: NodeJS.WritableStream & { destroyed: boolean }, piece: string): void {
  const timer = setInterval(() => (stream.destroyed ? clearInterval(timer) : stream.write(piece)), 20)
  stream.on('close', () => clearInterval(timer))
}

/** Honest, after so long. */
const after =
  (ms: number): Answering =>
  (...request) =>
    void setTimeout(() => stockAnswer(...request), ms)

export const slow = {
  'answers after 700 ms': after(700),
  'answers after 1,100 ms': after(1_100),
} as const satisfies Record<string, Answering>

/** No answer, and at once. */
export const broken = {
  resets: (_asked, { socket }) => void socket.resetAndDestroy(),
  'closes without a word': (_asked, { socket }) => void socket.destroy(),
  'closes within its headers': raw('HTTP/1.1 200 OK\r\ncontent-ty'),
  'closes within its answer': raw(`${answerHead}content-length: 1000\r\n\r\n{"data":{"_entities":[`),
  'closes within a chunk': raw(`${answerHead}transfer-encoding: chunked\r\n\r\nfff\r\n{"data"`),
  'speaks another protocol': raw('SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n'),
  'sends a chunk of no length': raw(`${answerHead}transfer-encoding: chunked\r\n\r\nzz\r\n{}`),
  'sends a length and chunks': raw(`${answerHead}content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`),
  'sends 1 MB in one header': raw(`${answerHead}x: ${'y'.repeat(megabyte)}\r\n\r\n{}`),
  'sends 100,000 headers': raw(`${answerHead}${'x: y\r\n'.repeat(100_000)}\r\n{}`),
  'answers 500 with a page': sayingText('<html><h1>Internal Server Error</h1></html>', {}, 500),
  'answers 503 with nothing': sayingText('', {}, 503),
} as const satisfies Record<string, Answering>

/** An answer, and no GraphQL, or more than is heard out. */
export const lying = {
  'JSON that ends too early': sayingText('{"data":{"_entities":[{"__typename":"Item","cou'),
  'a page': sayingText('<html></html>'),
  nothing: sayingText(''),
  'data that are a list': sayingText('{"data":[{"_entities":[]}]}'),
  'data that are a string': sayingText('{"data":"_entities"}'),
  'neither data nor errors': sayingText('{"message":"not found"}'),
  'a redirect': sayingText('', { location: 'http://127.0.0.1:9/graphql' }, 301),
  'a byte order mark': (asked, _, response) => void response.end(`\ufeff${honestText(asked)}`),
  'an answer in gzip': (asked, _, response) =>
    void response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(honestText(asked))),
  'gzip that inflates to 200 MB': sayingText(gzipSync(Buffer.alloc(200 * megabyte, ' ')), {
    'content-encoding': 'gzip',
  }),
  '200 MB of a length that it tells': pouring({ 'content-length': 200 * megabyte }),
  '200 MB in chunks': pouring({}),
  '200 MB of spaces': pouring({}, ' '),
  '200 MB of errors': pouring({}, '{"message":"no"},', '{"errors":['),
  '3.9 MB of errors that say nothing': sayingText(
    `{"errors":[${Array.from({ length: 1_300_000 }, () => '{}').join()}]}`,
  ),
  '3.9 MB of lists': sayingText(`{"data":{"_entities":[${Array.from({ length: 1_300_000 }, () => '[]').join()}]}}`),
  'brackets a million deep': sayingText(`{"data":{"_entities":${nested('[', 1_000_000, ']')}}}`),
  'objects 400,000 deep': sayingText(`{"data":{"_entities":${nested('{"a":', 400_000, '}')}}}`),
  'errors nested 100,000 deep': sayingText(`{"data":null,"errors":${nested('[{"path":', 100_000, '}]')}}`),
  'no entities': sayingText('{"data":{}}'),
  'entities that are null': sayingText('{"data":{"_entities":null}}'),
  'entities that are an object': sayingText('{"data":{"_entities":{"0":{"count":1},"length":3}}}'),
  'an entity too few': (asked, _, response) => void response.end(honestText(asked, (honest) => honest.slice(1))),
  'an entity too many': (asked, _, response) =>
    void response.end(honestText(asked, (honest) => [...honest, honest[0]])),
  'a scalar 100,000 deep': anything(nested('[', 100_000, ']')),
} as const satisfies Record<string, Answering>

/** Answers that are GraphQL, with more in them than was asked for, or bytes that are no text. */
export const odd = {
  prototypes: sayingOf(
    (honest) => `{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"toString":1,${honest}`,
  ),
  'bytes that are no UTF-8': (asked, _, response) =>
    void response.end(Buffer.from(honestText(asked).replaceAll('label ', 'label\u00ff'), 'latin1')),
  'fields that were not asked for': saying({ secret: 'told' }),
} as const satisfies Record<string, Answering>

/** Each entity, of which `text` begins with its first field, otherwise. */
function sayingOf(otherwise: (text: string) => string): Answering {
  return (asked, _, response) =>
    void response.end(
      `{"data":{"_entities":[${asked.variables
        .representations!.map(({ id }) => otherwise(JSON.stringify(stocked(id)).slice(1)))
        .join()}]}}`,
    )
}

/** What a process leaves behind that is killed while it answers. */
const dying: Record<'dies within its answer', Answering> = {
  'dies within its answer': (_asked, _, response) => {
    response.writeHead(200, { 'content-length': 1_000 }).write('{"data":{"_entities":[', () => {
      process.kill(process.pid, 'SIGKILL')
    })
  },
}

export const misbehaviours = { ...hung, ...broken, ...lying, ...slow, ...dying, ...odd }
export type Misbehaviour = keyof typeof misbehaviours
