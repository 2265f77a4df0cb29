import path from 'node:path'
import { root } from '@cartograph/local-stack'

/** What there is for a contender to serve. */
export interface Ground {
  readonly supergraphFile: string
  /** Where the canned subgraphs are. */
  readonly origin: string
  /** What the stock gateway exchanges with them, for the floor. */
  readonly exchangesFile: string
}

/** A program that answers POST /graphql on the port it is given. */
export interface Contender {
  readonly says: string
  readonly args: (ground: Ground, port: number) => readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  /** Where it is installed by this bench alone. */
  readonly isPeer?: true
}

const here = import.meta.dirname
const peers = path.join(root, 'bench', 'peers')
const gatewayOf =
  (...program: string[]) =>
  ({ supergraphFile }: Ground, port: number) => [...program, '--supergraph', supergraphFile, '--port', String(port)]
const floor = path.join(here, '..', 'floor', 'floor.ts')
const hive = path.join(peers, 'hive-gateway.mjs')

// As `pnpm gateway` starts it.
const ours = [
  '--max-semi-space-size=8',
  '--heap-growing-percent=20',
  path.join(root, 'bin', 'cartograph.mjs'),
  'gateway',
]

/** Who is measured, by name; the floor and the stock gateway are what the others are held against. */
export const contenders = {
  floor: {
    says: 'the calls of the stock plan in bare Node, and nothing else',
    args: ({ exchangesFile, origin }, port) => [
      floor,
      '--exchanges',
      exchangesFile,
      '--origin',
      origin,
      '--port',
      String(port),
    ],
  },
  stock: {
    says: '@apollo/gateway behind Apollo Server, as they come',
    args: gatewayOf(path.join(peers, 'stock-gateway.mjs')),
    isPeer: true,
  },
  'hive-jit': {
    says: 'Hive Gateway with its just-in-time compiler',
    args: gatewayOf(hive),
    isPeer: true,
  },
  'hive-rust': {
    says: 'Hive Gateway with the query planner and executor of Hive Router',
    args: gatewayOf(hive, '--planner', 'rust'),
    isPeer: true,
  },
  'hive-rust-inbound': {
    says: 'the same, with identical requests in flight executed once',
    args: gatewayOf(hive, '--planner', 'rust', '--inbound-sharing'),
    isPeer: true,
  },
  'ours-unshared': {
    says: 'Cartograph, each request on its own',
    args: gatewayOf(...ours, '--no-sharing', '--no-cache'),
  },
  ours: {
    says: 'Cartograph as it comes, but for the answer cache, which would answer most of it',
    args: gatewayOf(...ours, '--no-cache'),
  },
} as const satisfies Record<string, Contender>

export type ContenderName = keyof typeof contenders
export const contenderNames = Object.keys(contenders) as ContenderName[]
