import { writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { parseArgs } from 'node:util'
import { publicBenchmark } from '../public-benchmark/subgraphs.ts'
import { CannedAnswers } from './canned-answers.ts'
import type { CannedGraph } from './canned-graph.ts'
import { shop } from './shop.ts'

const graphs: Record<string, () => CannedGraph> = { 'public-benchmark': publicBenchmark, shop }

/** Longer than a gateway has to wait for its next turn: none pays for opening its connections again. */
const keepAliveMs = 3_600_000

interface Subgraph {
  readonly answers: CannedAnswers
  calls: number
}

/**
 * A process that answers for all subgraphs of a graph, each under its name, and writes the supergraph that routes to
 * them. GET /calls says how many requests each has had.
 */
function serve(graph: CannedGraph, port: number, supergraphFile: string): void {
  const subgraphs = new Map<string, Subgraph>(
    graph.subgraphs.map((subgraph) => [`/${subgraph.name}`, { answers: new CannedAnswers(subgraph), calls: 0 }]),
  )
  const server = createServer({ keepAliveTimeout: keepAliveMs }, (request, response) => {
    const subgraph = subgraphs.get(request.url ?? '')
    if (subgraph) return answer(subgraph, request, response)
    const calls = Object.fromEntries([...subgraphs].map(([path, { calls: number }]) => [path.slice(1), number]))
    response.writeHead(request.url === '/calls' ? 200 : 404, { 'content-type': 'application/json' })
    response.end(JSON.stringify(calls))
  })
  server.listen(port, '127.0.0.1', () => {
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    writeFileSync(supergraphFile, graph.supergraphAt(origin))
    console.log(`listening on ${origin}`)
  })
}

function answer(subgraph: Subgraph, request: IncomingMessage, response: ServerResponse): void {
  subgraph.calls += 1
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const body = (chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)).toString()
    const canned = subgraph.answers.answer(body)
    if (Buffer.isBuffer(canned)) return send(response, canned)
    canned.then(
      (bytes) => send(response, bytes),
      (error: Error) => {
        console.error(`${request.url}: ${error.message}\n${body}`)
        response.writeHead(500).end()
      },
    )
  })
}

function send(response: ServerResponse, bytes: Buffer): void {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': bytes.length })
  response.end(bytes)
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      graph: { type: 'string', default: 'public-benchmark' },
      port: { type: 'string', default: '0' },
      supergraph: { type: 'string' },
    },
  })
  const graph = graphs[values.graph]
  if (!graph || values.supergraph === undefined)
    throw new Error(`--graph ${Object.keys(graphs).join('|')} --supergraph FILE [--port N]`)
  serve(graph(), Number(values.port), values.supergraph)
}
