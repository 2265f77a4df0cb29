import { HeaderMap, type HTTPGraphQLRequest } from '@apollo/server'
import { requestError } from '@cartograph/error-catalogue'
import { documentIdOf } from '@cartograph/persisted-operations'
import { type AskedOperation, askedOperation, badRequest } from '../persisted-operations/asked-operation.ts'
import type { PersistedOperationsMode } from '../persisted-operations/operation-gate.ts'
import { operationRequest } from '../persisted-operations/operation-request.ts'
import type { RefusableTexts } from '../persisted-operations/refusable-texts.ts'
import type { PartnerRequest } from './partner-request.ts'

export interface PartnerGateOptions {
  readonly mode: PersistedOperationsMode
  /** Told of each text that runs because the mode is `log-only`. */
  readonly refusableTexts: RefusableTexts
  /** Milliseconds of the epoch. */
  readonly now: () => number
}

/**
 * The gate for who shows a partner's key: only the operations of that partner's manifests run, whatever the mode, except that
 * a text runs, and is logged, where it is `log-only`. Automatic persisted queries, which others may fill, are never asked.
 */
export class PartnerGate {
  readonly #options: PartnerGateOptions

  constructor(options: PartnerGateOptions) {
    this.#options = options
  }

  /**
   * The request that Apollo Server shall answer in place of `request`. Throws for the client, the first that is so: 400
   * BAD_REQUEST for an id with a text, and for neither; 403 PERSISTED_OPERATION_REQUIRED for a text; 404
   * PERSISTED_OPERATION_NOT_FOUND; 410 PERSISTED_OPERATION_RETIRED; 405 BAD_REQUEST for a mutation by GET.
   */
  admit(request: HTTPGraphQLRequest, asking: PartnerRequest): HTTPGraphQLRequest {
    const asked = askedOperation(request)
    if (asked?.documentId !== undefined && asked.query !== undefined)
      throw badRequest('Send the documentId of an operation or its text as query, not both.')
    if (typeof asked?.query === 'string') return this.#admitText(asked.query, asked, request, asking)
    const id = asked?.documentId ?? asked?.hash
    // Nothing is left to Apollo Server, which reads some of what is no hash as one.
    if (!asked || id === undefined || asked.query !== undefined)
      throw badRequest('There is no operation in the request: send its documentId.')
    const found = asking.key.partner.operations.find(id, this.#options.now())
    if (!found)
      throw requestError('PERSISTED_OPERATION_NOT_FOUND', 'There is no operation with this id in your manifests.', {
        http: { status: 404 },
      })
    if ('retiredAt' in found)
      throw requestError(
        'PERSISTED_OPERATION_RETIRED',
        `The manifests with this operation have ended at ${new Date(found.retiredAt).toISOString()}.`,
        { http: { status: 410 } },
      )
    const admitted = operationRequest(found.operation, asked, request)
    asking.admitted = { id: found.operation.id, terms: found.terms }
    return admitted
  }

  #admitText(
    query: string,
    asked: AskedOperation,
    request: HTTPGraphQLRequest,
    asking: PartnerRequest,
  ): HTTPGraphQLRequest {
    const { mode, refusableTexts } = this.#options
    if (mode !== 'log-only')
      throw requestError('PERSISTED_OPERATION_REQUIRED', 'Only operations of your manifests run; send a documentId.', {
        http: { status: 403 },
      })
    refusableTexts.add(query, asking.key.partner.id)
    asking.admitted = { id: documentIdOf(query), terms: null }
    return asked.extensions === undefined ? request : withoutExtensions(request)
  }
}

/** With a hash beside it the text would become one of the automatic persisted queries. */
function withoutExtensions(request: HTTPGraphQLRequest): HTTPGraphQLRequest {
  const { method, headers, search, body } = request
  if (method !== 'GET') {
    const { extensions: _, ...others } = body as Record<string, unknown>
    return { ...request, body: others }
  }
  const parameters = new URLSearchParams(search)
  parameters.delete('extensions')
  return { method, headers: new HeaderMap(headers), search: `?${parameters.toString()}`, body }
}
