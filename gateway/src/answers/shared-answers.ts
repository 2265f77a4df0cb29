import type { GraphQLSchema } from 'graphql'
import type { GatewayContext } from '../context.ts'
import { RequestLifetime } from '../subgraphs/request-lifetime.ts'
import {
  type Answer,
  audienceOf,
  type Execution,
  type Executor,
  type Gateway,
  isStrangersRead,
  withExecutor,
} from './strangers-read.ts'

interface AnswerUnderWay {
  readonly answer: Promise<Answer>
  readonly lifetime: RequestLifetime
  /** Nobody joins it any more. */
  readonly forget: () => void
  waiting: number
}

/**
 * Runs an operation once for all strangers who ask for the same at the same time: see `isStrangersRead`. What is PUBLIC it
 * runs once for each audience, partners included.
 */
export class SharedAnswers {
  readonly #deadlineMs: number
  /** By the schema that they are of: nobody is answered by one that has been replaced. */
  readonly #underWay = new WeakMap<GraphQLSchema, Map<string, AnswerUnderWay>>()

  constructor(deadlineMs: number) {
    this.#deadlineMs = deadlineMs
  }

  /** `isPublic` says of what a partner asks for whether others are answered the same; without it nothing is. */
  around(gateway: Gateway, isPublic: (execution: Execution) => boolean = () => false): Gateway {
    return withExecutor(gateway, (executor, execution) => {
      const audience = audienceOf(execution)
      const isShared = audience !== null && (isStrangersRead(execution) || isPublic(execution))
      return isShared ? this.#execute(executor, execution, audience) : executor(execution)
    })
  }

  #execute(executor: Executor, execution: Execution, audience: string): Promise<Answer> {
    const context = execution.context as GatewayContext
    const query = `${execution.queryHash} ${execution.operationName ?? ''} ${JSON.stringify(execution.request.variables)}`
    const key = `${audience},${query}`
    const ofSchema = this.#ofSchema(execution.schema)
    let underWay = ofSchema.get(key)
    if (!underWay) {
      // The client who came first may leave before those who came after.
      const lifetime = new RequestLifetime(this.#deadlineMs)
      const forget = () => {
        if (ofSchema.get(key)?.lifetime === lifetime) ofSchema.delete(key)
      }
      const answer = executor({ ...execution, context: { ...context, lifetime } }).finally(forget)
      underWay = { answer, lifetime, forget, waiting: 0 }
      ofSchema.set(key, underWay)
    }
    return join(underWay, context.lifetime)
  }

  #ofSchema(schema: GraphQLSchema): Map<string, AnswerUnderWay> {
    let ofSchema = this.#underWay.get(schema)
    if (!ofSchema) this.#underWay.set(schema, (ofSchema = new Map<string, AnswerUnderWay>()))
    return ofSchema
  }
}

/** Resolves as the shared answer does. It is given up when all who wait for it have left. */
async function join(underWay: AnswerUnderWay, client: RequestLifetime): Promise<Answer> {
  const leave = () => {
    underWay.waiting -= 1
    if (underWay.waiting > 0) return
    underWay.forget()
    underWay.lifetime.abandon()
  }
  underWay.waiting += 1
  client.add(leave)
  try {
    return await underWay.answer
  } finally {
    client.finished(leave)
  }
}
