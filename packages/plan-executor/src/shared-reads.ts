import { copyOf } from './data.ts'
import type { SubgraphAnswer, SubgraphRequest, SubgraphTransport } from './subgraph-transport.ts'

interface ReadInFlight {
  /** One for each who waits, none sharing anything with another. */
  readonly answers: Promise<SubgraphAnswer[]>
  waiting: number
}

/** Sends the requests of one execution; of identical reads that are in flight at once it sends one. */
export class SharedReads {
  readonly #transport: SubgraphTransport
  readonly #inFlight = new Map<string, Map<string, ReadInFlight>>()

  constructor(transport: SubgraphTransport) {
    this.#transport = transport
  }

  /** Never rejects; the answer is the caller's to change. */
  send(request: SubgraphRequest): Promise<SubgraphAnswer> {
    if (!request.isQuery) return this.#send(request)
    const { service, body } = request
    let ofService = this.#inFlight.get(service)
    ofService ??= new Map<string, ReadInFlight>()
    this.#inFlight.set(service, ofService)
    const inFlight = ofService.get(body)
    if (inFlight) {
      inFlight.waiting += 1
      return inFlight.answers.then((answers) => answers.pop()!)
    }
    const read: ReadInFlight = {
      waiting: 1,
      answers: this.#send(request).then((answer) => {
        ofService.delete(body)
        return [answer, ...Array.from({ length: read.waiting - 1 }, () => copyOf(answer))]
      }),
    }
    ofService.set(body, read)
    return read.answers.then((answers) => answers.pop()!)
  }

  #send(request: SubgraphRequest): Promise<SubgraphAnswer> {
    return this.#transport.send(request).catch((error: unknown) => ({
      data: null,
      errors: [{ message: error instanceof Error ? error.message : String(error) }],
    }))
  }
}
