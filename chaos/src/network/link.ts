import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import type { LinkFault } from './link-fault.ts'
import { Passage } from './passage.ts'

/** The ports behind a link at this moment, on the loopback address; none while nobody listens. */
export type Targets = () => readonly number[]

const shadowLifeMs = 1_000

/**
 * A TCP proxy between a caller and the processes of a callee: new connections go to each of these in turn, and past one
 * that does not listen. It behaves until it is told to break.
 */
export class Link {
  readonly name: string
  readonly port: number
  readonly #server: Server
  readonly #passages = new Map<Socket, Passage | null>()
  readonly #targets: Targets
  #turn = 0
  #fault: LinkFault | null = null

  private constructor(name: string, server: Server, targets: Targets) {
    this.name = name
    this.#server = server
    this.#targets = targets
    this.port = (server.address() as AddressInfo).port
    server.on('connection', (caller) => void this.#admit(caller))
  }

  static async open(name: string, targets: Targets): Promise<Link> {
    // A caller may say that it has ended and wait for the answer.
    const server = createServer({ allowHalfOpen: true, noDelay: true }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    return new Link(name, server, targets)
  }

  /** Breaks it, or mends it with null. What was swallowed meanwhile stays lost, and so do its connections. */
  set(fault: LinkFault | null): void {
    this.#fault = fault
    if (fault?.kind === 'cut') this.resetAll()
  }

  /** Resets every connection, as a router does that starts anew. */
  resetAll(): void {
    for (const [caller, passage] of this.#passages) {
      if (passage) passage.reset()
      else caller.resetAndDestroy()
    }
  }

  async close(): Promise<void> {
    this.resetAll()
    this.#server.close()
    await once(this.#server, 'close')
  }

  async #admit(caller: Socket): Promise<void> {
    caller.on('error', () => {})
    this.#passages.set(caller, null)
    caller.once('close', () => this.#passages.delete(caller))
    if (this.#fault?.kind === 'cut') return void caller.resetAndDestroy()
    const callee = await this.#reach()
    if (!callee || caller.destroyed) {
      callee?.destroy()
      return void caller.resetAndDestroy()
    }
    const shadow = () => this.#shadowOf(caller)
    this.#passages.set(caller, new Passage(caller, callee, () => this.#fault, shadow))
  }

  /** A second connection to the callee, whose answers are dropped; it ends with the caller's. */
  #shadowOf(caller: Socket): Socket {
    const ports = this.#targets()
    const socket = connect({ port: ports[this.#turn++ % ports.length] ?? 0, host: '127.0.0.1', noDelay: true })
    socket.on('error', () => {})
    socket.resume()
    // What it was sent is still to arrive.
    caller.once('close', () => setTimeout(() => socket.destroy(), shadowLifeMs))
    return socket
  }

  /** A connection to the first target that takes one, beginning with the one whose turn it is. */
  async #reach(): Promise<Socket | null> {
    const ports = this.#targets()
    const first = this.#turn++
    for (let i = 0; i < ports.length; i++) {
      const socket = await connected(ports[(first + i) % ports.length]!)
      if (socket) return socket
    }
    return null
  }
}

function connected(port: number): Promise<Socket | null> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true, allowHalfOpen: true })
  return new Promise((resolve) => {
    socket.on('error', () => resolve(null))
    socket.once('connect', () => resolve(socket))
  })
}
