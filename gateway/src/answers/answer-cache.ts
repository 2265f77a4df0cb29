import { hash } from 'node:crypto'
import { AnswerText } from '@cartograph/plan-executor'
import type { GraphQLSchema } from 'graphql'
import { LRUCache } from 'lru-cache'
import { CachePolicies, type IsProtected } from './cache-policy.ts'
import type { RedisAnswers } from './redis-answers.ts'
import { StoredAnswer } from './stored-answer.ts'
import { type Answer, audienceOf, type Execution, type Executor, type Gateway, withExecutor } from './strangers-read.ts'

/** A character takes one byte or two, and the key and the entry their own. */
const bytesPerCharacter = 2
const bytesPerEntry = 500
/** One answer may take as much of the whole. */
const largestShare = 1 / 16

export interface AnswerCacheOptions {
  /** What the answers in memory may take. */
  readonly mostBytes: number
  /** What several gateways have in common, behind the memory of each. */
  readonly redis?: RedisAnswers | null
  readonly isProtected: IsProtected
  /** Milliseconds of the epoch. */
  readonly now?: () => number
}

/**
 * Keeps what strangers and partners are answered to operations that @cacheControl says are PUBLIC, for as long as it says,
 * counted from when the operation began, and gives it to the same audience: see `audienceOf`. An answer with errors is not kept, and none is given under another supergraph than its own. Data
 * that may be kept come as StoredAnswer, whether they were kept before or not.
 */
export class AnswerCache {
  readonly #memory: LRUCache<string, StoredAnswer>
  readonly #redis: RedisAnswers | null
  readonly #isProtected: IsProtected
  readonly now: () => number
  /** Of the schemas that requests under way may have. */
  readonly #supergraphs = new WeakMap<GraphQLSchema, { readonly id: string; readonly policies: CachePolicies }>()

  constructor({ mostBytes, redis = null, isProtected, now = Date.now }: AnswerCacheOptions) {
    this.#memory = new LRUCache({
      maxSize: mostBytes,
      maxEntrySize: Math.floor(mostBytes * largestShare),
      sizeCalculation: ({ text }) => bytesPerEntry + bytesPerCharacter * text.length,
    })
    this.#redis = redis
    this.#isProtected = isProtected
    this.now = now
  }

  around(gateway: Gateway): Gateway {
    gateway.onSchemaLoadOrUpdate(({ apiSchema, coreSupergraphSdl }) => {
      this.#memory.clear()
      this.#supergraphs.set(apiSchema, {
        id: hash('sha256', coreSupergraphSdl, 'base64url'),
        policies: new CachePolicies(coreSupergraphSdl, apiSchema, this.#isProtected),
      })
    })
    return withExecutor(gateway, (executor, execution) => this.#execute(executor, execution))
  }

  /** Whether the answer is the same for a whole audience. */
  isPublic(execution: Execution): boolean {
    return this.#maxAgeOf(execution) > 0
  }

  close(): void {
    this.#redis?.close()
  }

  async #execute(executor: Executor, execution: Execution): Promise<Answer> {
    const supergraph = this.#supergraphs.get(execution.schema)
    const audience = audienceOf(execution)
    const maxAge = audience === null ? 0 : this.#maxAgeOf(execution)
    if (!supergraph || audience === null || maxAge === 0) return executor(execution)
    const key = keyOf(supergraph.id, audience, execution)
    const startedAt = this.now()
    const isFresh = (kept: StoredAnswer | null | undefined) => kept != null && kept.staleAt > startedAt
    const inMemory = this.#memory.get(key)
    const kept = isFresh(inMemory) ? inMemory : await this.#fromRedis(key)
    if (isFresh(kept)) return { data: kept as never }
    const answer = await executor(execution)
    return this.#keep(key, answer, startedAt + maxAge * 1_000)
  }

  /** In seconds; 0 for what is not to be kept, or not PUBLIC. */
  #maxAgeOf({ schema, document, operation }: Execution): number {
    const policy = this.#supergraphs.get(schema)?.policies.of(document, operation)
    return policy?.scope === 'PUBLIC' ? policy.maxAge : 0
  }

  async #fromRedis(key: string): Promise<StoredAnswer | null> {
    const found = (await this.#redis?.get(key)) ?? null
    if (found) this.#memory.set(key, found)
    return found
  }

  #keep(key: string, answer: Answer, staleAt: number): Answer {
    const { data, errors, extensions } = answer
    const isWhole = (data as unknown) instanceof AnswerText && !errors?.length && extensions === undefined
    if (!isWhole) return answer
    const stored = new StoredAnswer((data as unknown as AnswerText).text, staleAt)
    this.#memory.set(key, stored)
    void this.#redis?.set(key, stored, this.now())
    return { data: stored as never }
  }
}

function keyOf(supergraphId: string, audience: string, { queryHash, operationName, request }: Execution): string {
  const variables = JSON.stringify(request.variables ?? {}, inOrder)
  const query = `${queryHash} ${operationName ?? ''} ${variables}`
  // No name and no hash has a comma in it.
  return hash('sha256', `${supergraphId} ${audience},${query}`, 'base64url')
}

/** Variables are the same in whichever order they were written. */
function inOrder(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)))
}
