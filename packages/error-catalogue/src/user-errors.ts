import type { CatalogueEntry } from './catalogue-entry.ts'

/** Codes in a payload's `userErrors[].code`: a refusal that a user can mend. */
export const userErrorCodes = {
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
  NAME_TAKEN: { where: 'userErrors', status: 200, meaning: 'Another one has this name already.' },
  KEY_LIMIT_REACHED: {
    where: 'userErrors',
    status: 200,
    meaning: 'The partner has two live keys already; end one of them first.',
  },
  ENDPOINT_LIMIT_REACHED: {
    where: 'userErrors',
    status: 200,
    meaning: 'The partner has ten webhook endpoints already; remove one of them first.',
  },
  INVALID_OPERATION: {
    where: 'userErrors',
    status: 200,
    meaning:
      'An operation cannot be published: it is not GraphQL, does not fit what the partner may use, costs too much, or its id is taken; operationId names it.',
  },
  MANIFEST_RETIRED: { where: 'userErrors', status: 200, meaning: 'The manifest has ended, and cannot run again.' },
  IDEMPOTENCY_KEY_REUSED: {
    where: 'userErrors',
    status: 200,
    meaning: 'The idempotency key was used before with another request.',
  },
} as const satisfies Record<string, CatalogueEntry>
