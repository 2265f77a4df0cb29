import type { ApolloServerOptions } from '@apollo/server'
import { type GraphQLSchema, OperationTypeNode } from 'graphql'
import type { GatewayContext } from '../context.ts'
import { RequestLifetime } from '../subgraphs/request-lifetime.ts'

type Gateway = NonNullable<ApolloServerOptions<GatewayContext>['gateway']>
type Executor = NonNullable<Awaited<ReturnType<Gateway['load']>>['executor']>
type Execution = Parameters<Executor>[0]
type Answer = Awaited<ReturnType<Executor>>

interface AnswerUnderWay {
  readonly answer: Promise<Answer>
  readonly lifetime: RequestLifetime
  /** Nobody joins it any more. */
  readonly forget: () => void
  waiting: number
}

/**
 * Runs an operation once for all strangers who ask for the same at the same time. A stranger is a guest without a cart: what
 * they are answered depends on nothing but the query. Mutations are never shared, nor what shows how it was run.
 */
export class SharedAnswers {
  readonly #deadlineMs: number
  /** By the schema that they are of: nobody is answered by one that has been replaced. */
  readonly #underWay = new WeakMap<GraphQLSchema, Map<string, AnswerUnderWay>>()

  constructor(deadlineMs: number) {
    this.#deadlineMs = deadlineMs
  }

  around(gateway: Gateway): Gateway {
    return {
      load: async (options) => {
        const { executor } = await gateway.load(options)
        return { executor: executor && ((execution) => this.#execute(executor, execution)) }
      },
      onSchemaLoadOrUpdate: (callback) => gateway.onSchemaLoadOrUpdate(callback),
      stop: () => gateway.stop(),
    }
  }

  #execute(executor: Executor, execution: Execution): Promise<Answer> {
    const context = execution.context as GatewayContext
    if (!isStrangersRead(execution, context)) return executor(execution)
    const key = `${execution.queryHash} ${execution.operationName ?? ''} ${JSON.stringify(execution.request.variables)}`
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

function isStrangersRead({ operation }: Execution, { claims, wantsInsight }: GatewayContext): boolean {
  return (
    operation.operation === OperationTypeNode.QUERY &&
    claims.kind === 'guest' &&
    claims.cartToken === null &&
    !wantsInsight
  )
}
