import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { composeServices } from '@apollo/composition'
import { parse } from 'graphql'
import { type Answering, type Asked, itemsAnswer, reviewsAnswer } from './honest.ts'
import type { Misbehaviour } from './misbehaviours.ts'

const federation = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])'

const typeDefs = {
  items: `${federation}
    type Query { items: [Item!]! }
    type Mutation { rename(id: ID!, name: String!): Item }
    type Item @key(fields: "id") { id: ID! name: String! }`,
  reviews: `${federation}
    type Query { best: String }
    type Item @key(fields: "id") { id: ID! rating: Int }`,
  stock: `${federation}
    scalar JSON
    enum State { IN OUT }
    interface Holder { name: String }
    type Shelf implements Holder { name: String row: Int }
    type Person implements Holder { name: String }
    type Size { width: Int! height: Float }
    type Item @key(fields: "id") {
      id: ID!
      count: Int
      weight: Float
      isSold: Boolean
      label: String
      code: ID
      state: State
      states: [State!]
      size: Size
      holder: Holder
      anything: JSON
    }`,
}
type SubgraphName = keyof typeof typeDefs

/** Two honest subgraphs in this process, and a third in a process of its own, which does as it is told. */
export interface ThreeSubgraphs extends AsyncDisposable {
  readonly supergraphSdl: string
  /** How the third answers from now on: with these fields in each item, or honestly, which is null. */
  behave(how: Misbehaviour | { readonly fields: object } | null): Promise<void>
  /** Starts the third again, where it was, after it has died. */
  restart(): Promise<void>
  /** How the first answers from now on. */
  answerItems(answering: Answering): void
}

export async function startThreeSubgraphs(): Promise<ThreeSubgraphs> {
  let items: Answering = itemsAnswer
  const honest = await Promise.all([
    listening((...request) => items(...request)),
    listening((...request) => reviewsAnswer(...request)),
  ])
  const [itemsPort, reviewsPort] = honest.map((server) => (server.address() as AddressInfo).port)
  let stock = await startStock(0)
  const ports = { items: itemsPort, reviews: reviewsPort, stock: stock.port }
  return {
    supergraphSdl: composed((name) => `http://127.0.0.1:${ports[name]}/graphql`),
    async behave(how) {
      stock.child.send({ how })
      await once(stock.child, 'message')
    },
    async restart() {
      if (stock.child.exitCode === null && stock.child.signalCode === null) await once(stock.child, 'exit')
      stock = await startStock(stock.port)
    },
    answerItems: (answering) => void (items = answering),
    async [Symbol.asyncDispose]() {
      for (const server of honest) {
        server.closeAllConnections()
        server.close()
      }
      stock.child.kill('SIGKILL')
    },
  }
}

async function startStock(port: number): Promise<{ child: ChildProcess; port: number }> {
  const child = fork(path.join(import.meta.dirname, 'stock-process.ts'), [String(port)])
  const [started] = (await once(child, 'message')) as [{ port: number }]
  return { child, port: started.port }
}

/** A server on a free port that answers requests when their bodies have come whole. */
export async function listening(answering: Answering, port = 0): Promise<Server> {
  const server = createServer({ keepAliveTimeout: 60_000 }, whole(answering)).listen(port, '127.0.0.1')
  // A gateway that gives up is not an error of this process.
  server.on('connection', (socket) => socket.on('error', () => {}))
  await once(server, 'listening')
  return server
}

function whole(answering: Answering): RequestListener {
  return (request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk))
    request.on('end', () => answering(JSON.parse(body) as Asked, request, response))
  }
}

function composed(urlOf: (name: SubgraphName) => string): string {
  const names = Object.keys(typeDefs) as SubgraphName[]
  const result = composeServices(names.map((name) => ({ name, url: urlOf(name), typeDefs: parse(typeDefs[name]) })))
  if (result.errors) throw new Error(result.errors.join('\n'))
  return result.supergraphSdl
}
