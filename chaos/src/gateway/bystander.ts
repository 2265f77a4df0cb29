import { once } from 'node:events'
import { Agent, createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'

// A process of its own: a client who behaves and asks a good query every 100 ms, and the subgraph that answers it. What that is
// asked besides it answers with all that it knows of itself, for the gateway to keep to itself.
const everyMs = 100
const goodQuery = JSON.stringify({ query: '{ categories { name } }' })
const goodAnswer = '{"data":{"categories":[{"name":"Tea"}]}}'
const tellsAll = JSON.stringify({
  data: null,
  errors: [
    {
      message: 'connect ECONNREFUSED 10.0.0.7:5432: select password_hash from user_account',
      extensions: { code: 'P1001', stacktrace: ['Error', '    at find (/srv/users/find.ts:12:3)'], host: '10.0.0.7' },
    },
  ],
})

/** One good query: how long it took, and whether it was answered as it must be. */
export interface Sample {
  readonly ms: number
  readonly isRight: boolean
  /** How late this process was itself, which is the machine's doing. */
  readonly lateMs: number
}

const subgraph = createServer((incoming, response) => {
  let body = ''
  incoming.setEncoding('utf8').on('data', (text: string) => (body += text))
  incoming.on('end', () => {
    response.setHeader('content-type', 'application/json')
    response.end(/^\{"query":"(?:query )?\{\s*categories\s*\{\s*name\s*\}\s*\}"/.test(body) ? goodAnswer : tellsAll)
  })
}).listen(0, '127.0.0.1')
await once(subgraph, 'listening')
process.send!({ port: (subgraph.address() as AddressInfo).port })

process.on('message', ({ url }: { url: string }) => {
  const agent = new Agent({ keepAlive: true, maxSockets: 8 })
  let dueAt = performance.now()
  const ask = () => {
    const sentAt = performance.now()
    const lateMs = sentAt - dueAt
    const done = (isRight: boolean) =>
      process.send!({ ms: performance.now() - sentAt, isRight, lateMs } satisfies Sample)
    const sending = request(url, { method: 'POST', agent, headers: { 'content-type': 'application/json' } })
    sending
      .on('error', () => done(false))
      .on('response', (response) => {
        let text = ''
        response.setEncoding('utf8').on('data', (piece: string) => (text += piece))
        response.on('end', () => done(text.trim() === goodAnswer)).on('error', () => done(false))
      })
    sending.end(goodQuery)
    dueAt += everyMs
    setTimeout(ask, Math.max(0, dueAt - performance.now()))
  }
  ask()
})
process.on('disconnect', () => process.exit())
