import type { ApolloGateway } from '@apollo/gateway'
import { type DocumentNode, GraphQLError, type GraphQLFormattedError, type OperationDefinitionNode } from 'graphql'
import { hash } from '../world/hash.ts'
import type { Faults } from '../faults/faults.ts'
import type { OperationRequest } from '../operations/write-operation.ts'
import { silent } from './silent.ts'

/** What the subgraphs of one execution are asked with. */
export interface Execution {
  readonly faults: Faults
  /** Mutations of subgraphs, in the order in which they were executed. */
  readonly mutations: string[]
}

export interface Answer {
  readonly data?: unknown
  readonly errors?: readonly GraphQLFormattedError[]
  /** Of an executor that gave up. */
  readonly thrown?: string
}

export interface ParsedOperation extends OperationRequest {
  readonly document: DocumentNode
  readonly operation: OperationDefinitionNode
}

/** Executes operations of one supergraph. */
export interface Executor {
  execute(operation: ParsedOperation, execution: Execution): Promise<Answer>
}

type Loaded = Awaited<ReturnType<ApolloGateway['load']>>

/** A loaded gateway as Apollo Server calls it: with the parsed operation, the raw variables and the request's context. */
export function executorOf({ executor, schema }: Loaded): Executor {
  return {
    async execute({ query, document, operation, operationName, variables }, execution) {
      const requestContext = {
        request: { query, operationName, variables: { ...variables } },
        source: query,
        document,
        operation,
        operationName: operation.name?.value ?? null,
        queryHash: `${String(hash(query))} ${query}`,
        schema,
        context: execution,
        metrics: {},
        cache: undefined,
        logger: silent,
        overallCachePolicy: undefined,
        requestIsBatched: false,
      }
      try {
        const answer = await executor(requestContext as unknown as Parameters<typeof executor>[0])
        // As a client reads it: data may be anything that turns into JSON, and errors are not always GraphQLErrors.
        const errors = answer.errors?.map((error: Error) =>
          error instanceof GraphQLError ? error : { message: error.message },
        )
        return JSON.parse(JSON.stringify({ data: answer.data, errors })) as Answer
      } catch (error) {
        return { thrown: (error as Error).message }
      }
    },
  }
}
