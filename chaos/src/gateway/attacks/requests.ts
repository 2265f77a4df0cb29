import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import type { Random } from '@cartograph/shop-data'
import type { Attack, Attacks, Conduct } from './attack.ts'
import { bodies, randomBytes } from './bodies.ts'
import { documents } from './documents.ts'

const json = { 'content-type': 'application/json' }

/** A request as HTTP has it. */
export function request(
  method: string,
  path: string,
  headers: Record<string, string>,
  body: string | Buffer = '',
): Buffer {
  const bytes = Buffer.from(body)
  const length = bytes.length > 0 || method === 'POST' ? { 'content-length': String(bytes.length) } : {}
  const lines = Object.entries({ host: 'shop.example', connection: 'close', ...length, ...headers })
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')
  return Buffer.concat([Buffer.from(`${method} ${path} HTTP/1.1\r\n${head}\r\n`), bytes])
}
const post = (body: string | Buffer, headers: Record<string, string> = {}) =>
  request('POST', '/graphql', { ...json, ...headers }, body)

const small = JSON.stringify({ query: '{ __typename }' })
const bombs = {
  gzip: gzipSync(Buffer.alloc(50_000_000, ' ')),
  deflate: deflateSync(Buffer.alloc(50_000_000, ' ')),
  br: brotliCompressSync(Buffer.alloc(50_000_000, ' ')),
}
const get = (query: string) => request('GET', `/graphql?query=${encodeURIComponent(query)}`, json)

/** Requests that are strange above their bodies, and that must be answered all the same. */
const requests: Attacks = {
  'a bomb': (random) => {
    const encoding = random.pick(['gzip', 'deflate', 'br'] as const)
    return post(bombs[encoding], { 'content-encoding': encoding })
  },
  'another content type': (random) =>
    post(small, {
      'content-type': random.pick([
        'text/plain',
        'application/xml',
        'multipart/form-data; boundary=a',
        '',
        'x',
        'application/json; charset=utf-7',
      ]),
    }),
  'another method': (random) =>
    request(
      random.pick(['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND', 'PURGE', 'QUERY']),
      '/graphql',
      json,
      small,
    ),
  'another path': (random) =>
    request(
      random.pick(['GET', 'POST']),
      random.pick([
        '/',
        '/..%2f..%2fetc/passwd',
        '/graphql/',
        '/%',
        '/%ff',
        '/graphql%00',
        '/.env',
        '/health/none',
        '//',
        '/session',
        '/events',
        '*',
        '/session/end',
      ]),
      json,
      small,
    ),
  'a head without a body': () => request('HEAD', '/health/live', {}),
  'a query in the address': (random) =>
    get(random.pick(['{ __typename }', 'mutation { a }', '{ a', '', '{ '.repeat(2_000)])),
  'an address without end': (random) => get('a '.repeat(random.between(5_000, 40_000))),
  'headers without end': (random) => post(small, { 'x-a': 'a'.repeat(random.between(1_000, 100_000)) }),
  'many headers': (random) =>
    post(small, Object.fromEntries(Array.from({ length: random.between(50, 3_000) }, (_, at) => [`x-${at}`, 'a']))),
  'a token that is none': (random) =>
    post(small, {
      authorization: random.pick([
        'Bearer a',
        'Bearer ',
        'Basic YTph',
        `Bearer ${'a.'.repeat(3_000)}b`,
        'Bearer eyJhbGciOiJub25lIn0.e30.',
      ]),
    }),
  'cookies that are none': (random) =>
    post(small, { cookie: `a=${'b'.repeat(random.between(1, 8_000))}; __Host-session=x; =; ;;` }),
  'a protocol to change to': () => post(small, { connection: 'close, upgrade', upgrade: 'websocket' }),
  'something to expect': () => post(small, { expect: 'a-miracle' }),
}

/** What is not HTTP, or not all of it: an answer is as good as none. */
const scraps: Attacks = {
  'any bytes': (random) => randomBytes(random, random.between(1, 3_000)),
  'another protocol': (random) =>
    random.pick([
      'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
      Buffer.from('160301020001000001fc0303', 'hex'),
      'SSH-2.0-OpenSSH_9.2\r\n',
      'GET /\r\n\r\n',
      'GET / HTTP/9.9\r\nhost: a\r\n\r\n',
      'CONNECT a:1 HTTP/1.1\r\nhost: a\r\n\r\n',
    ]),
  'a length and chunks': () =>
    'POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-length: 3\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
  'chunks that are none': () =>
    'POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n{}\r\n',
  'a length that is too long': () => request('POST', '/graphql', { ...json, 'content-length': '1000' }, small),
  'a length that is too short': () => request('POST', '/graphql', { ...json, 'content-length': '5' }, small),
  'a length that is none': (random) =>
    `POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-length: ${random.pick(['-1', 'a', '1e3', '9'.repeat(40)])}\r\n\r\n{}`,
  'many requests at once': (random) => {
    const one = random.pick([
      request('GET', '/health/live', { connection: 'keep-alive' }),
      post(small, { connection: 'keep-alive' }),
      post(JSON.stringify({ query: '{ a b c' }), { connection: 'keep-alive' }),
    ])
    return Buffer.concat([...Array.from({ length: random.between(2, 60) }, () => one), post(small)])
  },
}

const asBodies = Object.entries(documents).map(([name, make]): [string, (random: Random) => string | Buffer] => [
  name,
  (random) => JSON.stringify({ query: make(random) }),
])
const whole = [...asBodies, ...Object.entries(bodies)]
  .map(([name, make]): [string, (random: Random) => Buffer] => [name, (random) => post(make(random))])
  .concat(Object.entries(requests).map(([name, make]) => [name, (random) => Buffer.from(make(random))]))

/** Every kind of attack by its name: each as likely as any other of the same conduct. */
export function makeAttack(random: Random): Attack {
  const conduct = random.pickWeighted<Conduct>(['whole', 'drip', 'half-close', 'leave'], (one) =>
    one === 'whole' ? 16 : 1,
  )
  if (random.next() < 0.15) {
    const [name, make] = random.pick(Object.entries(scraps))
    return { name, conduct, bytes: Buffer.from(make(random)), isRequest: false }
  }
  const [name, make] = random.pick(whole)
  return { name, conduct, bytes: make(random), isRequest: conduct === 'whole' }
}
