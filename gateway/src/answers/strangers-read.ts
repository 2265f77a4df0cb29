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
export function isStrangersRead(execution: Execution): boolean {
  return isReadWithoutCart(execution) && (execution.context as GatewayContext).claims.kind === 'guest'
}

/**
 * Those who are answered alike what @cacheControl says is PUBLIC and no permission restricts; null for who is asked for by
 * nobody else. Strangers and partners without scopes are one audience. Scopes open more than what is declared, drafts for
 * one, so partners with scopes are of one audience only with those who have the same.
 */
export function audienceOf(execution: Execution): string | null {
  const { claims } = execution.context as GatewayContext
  if (!isReadWithoutCart(execution) || (claims.kind !== 'guest' && claims.kind !== 'partner')) return null
  return claims.scopes.toSorted().join(' ')
}

function isReadWithoutCart({ operation, context }: Execution): boolean {
  const { claims, wantsInsight } = context as GatewayContext
  return operation.operation === OperationTypeNode.QUERY && claims.cartToken === null && !wantsInsight
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
