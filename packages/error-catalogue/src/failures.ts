import type { CatalogueEntry } from './catalogue-entry.ts'

/** Codes in `errors[].extensions.code`: the request, or a part of it, failed. */
export const failures = {
  // The request itself
  BAD_REQUEST: {
    where: 'errors',
    status: 400,
    meaning: 'The HTTP request is not a GraphQL request: not JSON, no query, or a wrong content type.',
  },
  GRAPHQL_PARSE_FAILED: { where: 'errors', status: 400, meaning: 'The document is not GraphQL.' },
  GRAPHQL_VALIDATION_FAILED: {
    where: 'errors',
    status: 400,
    meaning: 'The document does not fit the schema, or has more fields, levels, aliases and so on than one may.',
  },
  OPERATION_RESOLUTION_FAILURE: {
    where: 'errors',
    status: 400,
    meaning: 'The document holds several operations and none, or an unknown one, was named; or it is a subscription.',
  },
  OPERATION_NOT_SUPPORTED: {
    where: 'errors',
    status: 400,
    meaning: 'The operation is valid, and cannot be answered right by this graph; the message says why.',
  },
  BAD_USER_INPUT: {
    where: 'errors',
    status: 400,
    meaning: 'A variable or an argument has a value that its type or its rules do not allow.',
  },
  COST_ESTIMATED_TOO_EXPENSIVE: {
    where: 'errors',
    status: 400,
    meaning: 'The operation would cost more than one may; ask for fewer items. extensions.cost has both numbers.',
  },
  PAYLOAD_TOO_LARGE: { where: 'errors', status: 413, meaning: 'The request body is larger than the gateway accepts.' },
  PERSISTED_OPERATION_NOT_FOUND: {
    where: 'errors',
    status: 404,
    meaning: 'No manifest that is live has an operation with this id.',
  },
  PERSISTED_OPERATION_RETIRED: {
    where: 'errors',
    status: 410,
    meaning: 'The manifests that have this operation have ended; publish and use a newer one.',
  },
  PERSISTED_OPERATION_REQUIRED: {
    where: 'errors',
    status: 403,
    meaning: 'Only operations that were published run here; send the id of one, and not its text.',
  },
  PERSISTED_QUERY_NOT_FOUND: {
    where: 'errors',
    status: 200,
    meaning: 'No document is known for this hash; send the document with it once.',
  },
  PERSISTED_QUERY_NOT_SUPPORTED: { where: 'errors', status: 200, meaning: 'Automatic persisted queries are off.' },
  INVALID_ID: {
    where: 'errors',
    status: 200,
    meaning: 'The id is not an id of this shop, or an id of another type than the field takes.',
  },
  INVALID_CURSOR: {
    where: 'errors',
    status: 200,
    meaning: 'The cursor is damaged, or comes from another list, sort order or filter.',
  },
  INVALID_PAGE: {
    where: 'errors',
    status: 200,
    meaning: 'The page arguments do not fit together: first with last, a size below 1 or above 100.',
  },
  // Identity and permission
  UNAUTHENTICATED: {
    where: 'errors',
    status: 401,
    meaning: 'The field needs somebody signed in, or the access token is invalid or expired.',
  },
  FORBIDDEN: {
    where: 'errors',
    status: 200,
    meaning: 'The viewer lacks the scope, or does not own what was asked for.',
  },
  CSRF_REFUSED: {
    where: 'errors',
    status: 403,
    meaning: 'The request came with the cookies of a browser session, and without proof that a page of ours sent it.',
  },
  SESSION_REFRESH_NEEDED: {
    where: 'errors',
    status: 401,
    meaning:
      "A browser session's access token is gone or expired; send POST /session/refresh, and then the request again.",
  },
  PARTNER_BUDGET_SPENT: {
    where: 'errors',
    status: 429,
    meaning:
      "What the partner's operations may cost within this minute is spent; the Retry-After header says when the next one begins.",
  },
  UNSIGNED_REQUEST: {
    where: 'errors',
    status: 401,
    meaning: 'A subgraph was called without a valid signature of the gateway or of another service.',
  },
  // The system
  SUBGRAPH_UNAVAILABLE: {
    where: 'errors',
    status: 200,
    meaning: 'A service could not be reached; its fields are null. extensions.service names it.',
  },
  SUBGRAPH_TIMEOUT: {
    where: 'errors',
    status: 200,
    meaning: 'A service did not answer before its deadline; its fields are null. extensions.service names it.',
  },
  SUBGRAPH_MALFORMED_RESPONSE: {
    where: 'errors',
    status: 200,
    meaning: 'A service answered something that is not a GraphQL answer. extensions.service names it.',
  },
  OVERLOADED: {
    where: 'errors',
    status: 503,
    meaning: 'There was more to do than can be done in time, and nothing was done. Try again in a moment.',
  },
  INTERNAL_SERVER_ERROR: {
    where: 'errors',
    status: 500,
    meaning: 'A fault of ours. extensions.requestId, also the x-request-id header, finds it in the logs.',
  },
} as const satisfies Record<string, CatalogueEntry>
