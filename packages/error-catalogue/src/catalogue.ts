/**
 * Every code that an answer of Cartograph can carry, in `errors[].extensions.code` (the request failed) or in a
 * payload's `userErrors[].code` (a refusal a user can mend). docs/errors.md is generated from this table.
 */
export const errorCatalogue = {
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
  // Refusals: data in userErrors
  INVALID_INPUT: {
    where: 'userErrors',
    status: 200,
    meaning: 'A value breaks a rule of the shop; path names it and message says which rule.',
  },
  NOT_FOUND: {
    where: 'userErrors',
    status: 200,
    meaning: "What the mutation should change does not exist, or is not the viewer's.",
  },
  EMAIL_TAKEN: { where: 'userErrors', status: 200, meaning: 'There is an account with this e-mail address already.' },
  INVALID_CREDENTIALS: {
    where: 'userErrors',
    status: 200,
    meaning: "The e-mail address and the password do not belong together, or it is not the viewer's password.",
  },
  INVALID_TOKEN: {
    where: 'userErrors',
    status: 200,
    meaning: 'The refresh token, or that of a link, is unknown, used, expired, revoked or replaced by a newer one.',
  },
  TOO_MANY_ATTEMPTS: {
    where: 'userErrors',
    status: 200,
    meaning: 'It was tried too often, of one account or from one address; retryAfterSeconds says when to try again.',
  },
  EXTERNAL_SIGN_IN_FAILED: {
    where: 'userErrors',
    status: 200,
    meaning:
      'The sign-in at a provider was not begun by this browser, is used or older than ten minutes, or the provider did not confirm it.',
  },
  EXTERNAL_PROVIDER_UNAVAILABLE: {
    where: 'userErrors',
    status: 200,
    meaning: 'The provider of the sign-in could not be reached.',
  },
  EXTERNAL_EMAIL_UNVERIFIED: {
    where: 'userErrors',
    status: 200,
    meaning: 'The provider names no e-mail address, or does not say that it belongs to who has signed in.',
  },
  EXTERNAL_ACCOUNT_EXISTS: {
    where: 'userErrors',
    status: 200,
    meaning: 'There is an account with this e-mail address, whose owner has not shown yet that the address is theirs.',
  },
  SLUG_TAKEN: { where: 'userErrors', status: 200, meaning: 'Another product has this slug.' },
  SKU_TAKEN: { where: 'userErrors', status: 200, meaning: 'Another variant has this SKU.' },
  LOCATION_NAME_TAKEN: {
    where: 'userErrors',
    status: 200,
    meaning: 'A location in another country has this name.',
  },
  UNITS_OWED: {
    where: 'userErrors',
    status: 200,
    meaning: 'More units of the variant are owed to customers than the backorder limit would allow.',
  },
  CURRENCY_MISMATCH: {
    where: 'userErrors',
    status: 200,
    meaning: 'The variant, or the cart to merge, has another currency than the cart.',
  },
  INSUFFICIENT_STOCK: { where: 'userErrors', status: 200, meaning: 'Fewer units are available than were asked for.' },
  CART_VERSION_CONFLICT: {
    where: 'userErrors',
    status: 200,
    meaning: 'The cart has changed since expectedVersion was read.',
  },
  CART_LIMIT_EXCEEDED: {
    where: 'userErrors',
    status: 200,
    meaning: 'The cart would hold more lines, or a line more units, than a cart may.',
  },
  CART_LOCKED: {
    where: 'userErrors',
    status: 200,
    meaning: 'The cart is being bought; it can be changed when that has ended otherwise.',
  },
  CART_CHECKED_OUT: {
    where: 'userErrors',
    status: 200,
    meaning: 'The cart has been bought and can no longer be changed.',
  },
  CART_EMPTY: { where: 'userErrors', status: 200, meaning: 'There is nothing in the cart to buy.' },
  CART_CHANGED: {
    where: 'userErrors',
    status: 200,
    meaning: 'The cart has changed since the buyer has seen it; currentVersion is its version now.',
  },
  OUT_OF_STOCK: {
    where: 'userErrors',
    status: 200,
    meaning: 'Fewer units are available than should be bought; variant, requested and available say of what.',
  },
  NOT_FOR_SALE: {
    where: 'userErrors',
    status: 200,
    meaning: 'The variant is no longer for sale, or not in the currency of the cart.',
  },
  SHIPPING_UNAVAILABLE: {
    where: 'userErrors',
    status: 200,
    meaning: 'The shipping method is not offered for this cart and country.',
  },
  TOTAL_CHANGED: {
    where: 'userErrors',
    status: 200,
    meaning: 'The total is another than the buyer expected; currentTotal is what it is now.',
  },
  PAYMENT_DECLINED: {
    where: 'userErrors',
    status: 200,
    meaning: 'The means of payment was declined; declineCode is the reason in the words of the payment provider.',
  },
  CHECKOUT_EXPIRED: {
    where: 'userErrors',
    status: 200,
    meaning: 'The checkout took too long, was given up, and all it held was let go of.',
  },
  NOT_CANCELLABLE: {
    where: 'userErrors',
    status: 200,
    meaning: 'The order, or a part of it, was sent or cancelled already.',
  },
  NOT_FULFILLABLE: {
    where: 'userErrors',
    status: 200,
    meaning: 'More units of a line would be sent than are still to be sent.',
  },
  NOT_REFUNDABLE: {
    where: 'userErrors',
    status: 200,
    meaning: 'More would be given back than was paid and not given back yet.',
  },
  IDEMPOTENCY_KEY_REUSED: {
    where: 'userErrors',
    status: 200,
    meaning: 'The idempotency key was used before with another request.',
  },
} as const satisfies Record<string, { where: 'errors' | 'userErrors'; status: number; meaning: string }>
