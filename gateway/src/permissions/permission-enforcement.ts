import type { ApolloServerOptions } from '@apollo/server'
import { permissionRefusal } from '@cartograph/viewer'
import { type DocumentNode, getVariableValues, GraphQLError } from 'graphql'
import type { GatewayContext } from '../context.ts'
import { type AllowedDocument, allowedDocument } from './allowed-document.ts'
import { DeclaredPermissions } from './declared-permissions.ts'
import { projectAnswer } from './project-answer.ts'

type Gateway = NonNullable<ApolloServerOptions<GatewayContext>['gateway']>
type Executor = NonNullable<Awaited<ReturnType<Gateway['load']>>['executor']>
type Execution = Parameters<Executor>[0]

/**
 * Enforces the permissions of a supergraph before an operation is planned. What the viewer lacks a permission for is
 * neither planned nor fetched: it is null in the answer, with an error that names it. Subgraphs enforce the same again.
 */
export class PermissionEnforcement {
  #permissions = new DeclaredPermissions('type Query { _: Boolean }')
  /** By document, and then by what permissions look at in a viewer; Apollo Server keeps parsed documents. */
  #allowed = new WeakMap<DocumentNode, Map<string, AllowedDocument | null>>()

  /** From now on `supergraphSdl`, directives and all, is what declares the permissions. */
  declare(supergraphSdl: string): void {
    this.#permissions = new DeclaredPermissions(supergraphSdl)
    this.#allowed = new WeakMap()
  }

  /** `gateway`, of which each operation is stripped of what its viewer may not see. */
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

  async #execute(executor: Executor, execution: Execution): ReturnType<Executor> {
    const { claims } = execution.context as GatewayContext
    const grant = `${claims.kind} ${claims.scopes.toSorted().join(' ')}`
    const allowed = this.#allowedDocument(execution, grant)
    if (!allowed) return executor(execution)
    const { schema, document, operation, request } = execution
    // The plan of what is left is another one than that of the document, and the planner keeps plans by this hash.
    const result = await executor({
      ...execution,
      document: allowed.document,
      queryHash: `${execution.queryHash} ${grant}`,
    })
    const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], request.variables ?? {})
    if (!result.data || !coerced) return result
    const { data, errors } = projectAnswer(
      {
        schema,
        document,
        operation,
        variables: coerced,
        typeNameKey: allowed.typeNameKey,
        isRefused: this.#permissions.refusalsOf(claims),
        refusal: (path) => {
          const { message, extensions } = permissionRefusal(claims)
          return new GraphQLError(message, { path, extensions })
        },
      },
      result.data as Record<string, unknown>,
    )
    const all = [...(result.errors ?? []), ...errors]
    // An empty list is no answer of GraphQL (specification, section 7.1); `result` may have had one.
    const { errors: _, ...rest } = result
    return { ...rest, data, ...(all.length > 0 && { errors: all }) }
  }

  #allowedDocument({ schema, document, context }: Execution, grant: string): AllowedDocument | null {
    const known = this.#allowed.get(document) ?? new Map<string, AllowedDocument | null>()
    this.#allowed.set(document, known)
    const found = known.get(grant)
    if (found !== undefined) return found
    const { claims } = context as GatewayContext
    const allowed = allowedDocument(schema, document, this.#permissions.refusalsOf(claims))
    known.set(grant, allowed)
    return allowed
  }
}
