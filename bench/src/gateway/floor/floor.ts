import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { parseArgs } from 'node:util'
import { type Dispatcher, Pool } from 'undici'
import type { Exchange } from './record-exchange.ts'

const jsonHeaders = ['content-type', 'application/json']

/**
 * One call, its answer parsed. Of undici's `request`, its `dispatch` and node:http with a keep-alive agent, each measured
 * over the exchange of the benchmark, `dispatch` took the least CPU: it makes no stream of an answer.
 */
class Answer implements Dispatcher.DispatchHandler {
  readonly #resolve: (parsed: unknown) => void
  readonly #reject: (error: Error) => void
  readonly #chunks: Buffer[] = []

  constructor(resolve: (parsed: unknown) => void, reject: (error: Error) => void) {
    this.#resolve = resolve
    this.#reject = reject
  }

  onRequestStart(): void {}
  onResponseStart(): void {}

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#chunks.push(chunk)
  }

  onResponseEnd(): void {
    this.#resolve(JSON.parse(textOf(this.#chunks)))
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#reject(error)
  }
}

/**
 * What a gateway cannot do without: the calls that the stock plan makes, in its waves, each answer parsed, and the final
 * answer serialized once for each request. It plans nothing, checks nothing and joins nothing.
 */
function serve(exchanges: ReadonlyMap<string, Exchange>, origin: string, port: number): void {
  const pool = new Pool(origin, { connections: 64 })
  const call = (path: string, body: string) =>
    new Promise((resolve, reject) => {
      pool.dispatch({ method: 'POST', path, headers: jsonHeaders, body }, new Answer(resolve, reject))
    })
  const answer = async (request: IncomingMessage) => {
    const { query } = JSON.parse(textOf(await request.toArray())) as { query: string }
    const exchange = exchanges.get(query)
    if (!exchange) throw new Error(`no exchange was recorded for ${query}`)
    for (const wave of exchange.waves) await Promise.all(wave.map(({ subgraph, body }) => call(`/${subgraph}`, body)))
    return JSON.stringify(exchange.answer)
  }
  const respond = async (request: IncomingMessage, response: ServerResponse) => {
    const text = await answer(request)
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
    response.end(text)
  }
  createServer((request, response) => {
    respond(request, response).catch((error: Error) => response.writeHead(500).end(error.message))
  }).listen(port, '127.0.0.1')
}

function textOf(chunks: readonly Buffer[]): string {
  return (chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)).toString()
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: { exchanges: { type: 'string' }, origin: { type: 'string' }, port: { type: 'string' } },
  })
  const { exchanges, origin, port } = values
  if (exchanges === undefined || origin === undefined) throw new Error('--exchanges FILE --origin URL --port N')
  serve(new Map(JSON.parse(readFileSync(exchanges, 'utf8')) as [string, Exchange][]), origin, Number(port))
}
