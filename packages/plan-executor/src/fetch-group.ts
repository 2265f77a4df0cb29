import type { FetchNode } from '@apollo/query-planner'
import type { EntityFetch } from './entity-fetch.ts'
import { EntityRequests, type ReadyFetch } from './entity-requests.ts'
import type { Execution } from './execution.ts'

/**
 * How long a fetch whose time has come waits for those that it may be sent with. They usually come within a few
 * milliseconds; where a subgraph before them is slow, the others do not wait for it.
 */
export const defaultPatienceMs = 10

/** The fetches of a group within one execution. */
export interface Gathering {
  /** How many are yet to come. */
  missing: number
  ready: ReadyFetch[]
  /** Resolves when those that are ready have been answered. */
  answered: PromiseWithResolvers<void>
  timer: NodeJS.Timeout | undefined
}

/** Fetches of entities that go to one subgraph in one request, when their time comes close enough. */
export class FetchGroup {
  readonly #size: number
  readonly #requests: EntityRequests
  readonly #patienceMs: number

  constructor(nodes: readonly FetchNode[], patienceMs: number) {
    this.#patienceMs = patienceMs
    this.#size = nodes.length
    this.#requests = new EntityRequests(nodes)
  }

  /** Resolves when what `fetch` wants has been answered, at once when that is nothing. Never rejects. */
  run(execution: Execution, node: FetchNode, fetch: EntityFetch): Promise<void> | void {
    const wanted = fetch.wanted(execution)
    if (wanted.length === 0) {
      this.pass(execution)
      return undefined
    }
    const ready = { node, fetch, wanted }
    if (this.#size === 1) return this.#requests.send(execution, [ready])
    const gathering = this.#gathering(execution)
    gathering.missing -= 1
    gathering.ready.push(ready)
    const { promise } = gathering.answered
    if (gathering.missing === 0) this.#send(execution, gathering)
    else gathering.timer ??= setTimeout(() => this.#send(execution, gathering), this.#patienceMs)
    return promise
  }

  /** One of the group has nothing to ask for in this execution. */
  pass(execution: Execution): void {
    if (this.#size === 1) return
    const gathering = this.#gathering(execution)
    gathering.missing -= 1
    if (gathering.missing === 0 && gathering.ready.length > 0) this.#send(execution, gathering)
  }

  #send(execution: Execution, gathering: Gathering): void {
    const { ready, answered } = gathering
    clearTimeout(gathering.timer)
    gathering.timer = undefined
    gathering.ready = []
    gathering.answered = Promise.withResolvers()
    answered.resolve(this.#requests.send(execution, ready))
  }

  #gathering({ gatherings }: Execution): Gathering {
    let gathering = gatherings.get(this)
    if (!gathering) {
      gathering = { missing: this.#size, ready: [], answered: Promise.withResolvers(), timer: undefined }
      gatherings.set(this, gathering)
    }
    return gathering
  }
}
