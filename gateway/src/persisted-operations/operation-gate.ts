import type { HTTPGraphQLRequest } from '@apollo/server'
import { requestError } from '@cartograph/error-catalogue'
import type { OperationStore } from '@cartograph/persisted-operations'
import { askedOperation, badRequest } from './asked-operation.ts'
import { operationRequest } from './operation-request.ts'
import type { RefusableTexts } from './refusable-texts.ts'

/** Whether a client may send the text of an operation: as it likes, as it likes but it is logged, or not at all. */
export type PersistedOperationsMode = 'optional' | 'log-only' | 'required'

export interface OperationGateOptions {
  readonly mode: PersistedOperationsMode
  readonly operations: OperationStore
  /** Told of each text that would be refused. */
  readonly refusableTexts: RefusableTexts
}

/**
 * What stands before Apollo Server: of a request that names a persisted operation it makes one with its text, and where only
 * such operations may run it refuses the others. Unlike automatic persisted queries it learns nothing from those who ask.
 */
export class OperationGate {
  readonly #mode: PersistedOperationsMode
  readonly #operations: OperationStore
  readonly #refusableTexts: RefusableTexts

  constructor({ mode, operations, refusableTexts }: OperationGateOptions) {
    this.#mode = mode
    this.#operations = operations
    this.#refusableTexts = refusableTexts
  }

  /**
   * The request that Apollo Server shall answer in place of `request`. Throws for the client: 400 BAD_REQUEST, 403
   * PERSISTED_OPERATION_REQUIRED, 404 PERSISTED_OPERATION_NOT_FOUND, 405 BAD_REQUEST for a mutation by GET.
   */
  admit(request: HTTPGraphQLRequest): HTTPGraphQLRequest {
    const asked = askedOperation(request)
    if (!asked || (asked.documentId === undefined && asked.hash === undefined))
      return this.#admitText(request, asked?.query)
    if (asked.documentId !== undefined && asked.query !== undefined)
      throw badRequest('Send the documentId of an operation or its text as query, not both.')
    // With both, automatic persisted queries would store the text for whoever names its hash.
    if (asked.query !== undefined) return this.#admitText(request, asked.query)
    const operation = this.#operations.find(asked.documentId ?? asked.hash!)
    if (operation) return operationRequest(operation, asked, request)
    if (asked.documentId === undefined && this.#mode !== 'required') return request
    throw requestError('PERSISTED_OPERATION_NOT_FOUND', 'There is no persisted operation with this id.', {
      http: { status: 404 },
    })
  }

  #admitText(request: HTTPGraphQLRequest, query: unknown): HTTPGraphQLRequest {
    if (this.#mode === 'optional' || typeof query !== 'string') return request
    if (this.#mode === 'required')
      throw requestError('PERSISTED_OPERATION_REQUIRED', 'Only persisted operations run here; send a documentId.', {
        http: { status: 403 },
      })
    this.#refusableTexts.add(query)
    return request
  }
}
