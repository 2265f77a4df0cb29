import type { ApolloServerOptions } from '@apollo/server'
import { OperationTypeNode } from 'graphql'
import type { GatewayContext } from '../context.ts'

export type Gateway = NonNullable<ApolloServerOptions<GatewayContext>['gateway']>
export type Executor = NonNullable<Awaited<ReturnType<Gateway['load']>>['executor']>
export type Execution = Parameters<Executor>[0]
export type Answer = Awaited<ReturnType<Executor>>

/**
 * Whether what is answered depends on nothing but the query: a stranger is a guest without a cart. Never for mutations, nor
 * for what shows how it was run.
 */
export function isStrangersRead({ operation, context }: Execution): boolean {
  const { claims, wantsInsight } = context as GatewayContext
  return (
    operation.operation === OperationTypeNode.QUERY &&
    claims.kind === 'guest' &&
    claims.cartToken === null &&
    !wantsInsight
  )
}

/** `gateway` with `execute` in the place of its executor, which it is given to call. */
export function withExecutor(
  gateway: Gateway,
  execute: (executor: Executor, execution: Execution) => Promise<Answer>,
): Gateway {
  return {
    load: async (options) => {
      const { executor } = await gateway.load(options)
      return { executor: executor && ((execution) => execute(executor, execution)) }
    },
    onSchemaLoadOrUpdate: (callback) => gateway.onSchemaLoadOrUpdate(callback),
    stop: () => gateway.stop(),
  }
}
