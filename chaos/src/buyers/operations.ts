export interface UserErrorAnswer {
  readonly __typename: string
  readonly code: string
  readonly message: string
}

interface MoneyAnswer {
  readonly amount: string
  readonly currencyCode: string
}

export interface CheckoutAnswer {
  readonly checkout: {
    readonly id: string
    readonly status: 'PROCESSING' | 'ACTION_REQUIRED' | 'COMPLETED' | 'REFUSED'
    readonly createdAt: string
    readonly order: { readonly id: string; readonly total: MoneyAnswer } | null
    readonly userErrors: readonly UserErrorAnswer[]
  } | null
  readonly userErrors: readonly UserErrorAnswer[]
}

export interface QuoteAnswer {
  readonly cartVersion: number
  readonly problems: readonly UserErrorAnswer[]
  readonly shippingOptions: readonly { readonly code: string; readonly total: MoneyAnswer }[]
}

export interface CartAnswer {
  readonly cart: { readonly id: string; readonly lines: readonly { readonly id: string }[] } | null
  readonly cartToken: string | null
  readonly userErrors: readonly UserErrorAnswer[]
}

export interface OrderAnswer {
  readonly order: { readonly id: string; readonly status: string } | null
  readonly userErrors: readonly UserErrorAnswer[]
}

const userErrors = 'userErrors { __typename code message }'
/** Nothing of it changes any more once a checkout has ended: replays can be compared byte for byte. */
const checkout = `id status createdAt order { id number total { amount currencyCode } lines { id quantity } } ${userErrors}`
const cart = 'cart { id lines { id } }'
const order = `order { id status } ${userErrors}`

export const operations = {
  sessionCreate: `mutation ($email: String!, $password: String!) {
    sessionCreate(email: $email, password: $password) { session { accessToken } userErrors { code } } }`,
  userRegister: `mutation ($email: String!, $password: String!) {
    userRegister(input: { email: $email, password: $password, displayName: "Leaver" }) {
      session { accessToken } userErrors { code } } }`,
  accountDelete: `mutation ($password: String!) {
    accountDelete(currentPassword: $password) { deletedUserId userErrors { code } } }`,
  cartCreate: `mutation ($currencyCode: CurrencyCode!, $lines: [CartLineInput!]) {
    cartCreate(currencyCode: $currencyCode, lines: $lines) { ${cart} cartToken ${userErrors} } }`,
  cartLinesAdd: `mutation ($cartId: ID!, $lines: [CartLineInput!]!) {
    cartLinesAdd(cartId: $cartId, lines: $lines) { ${cart} ${userErrors} } }`,
  cartLinesRemove: `mutation ($cartId: ID!, $lineIds: [ID!]!) {
    cartLinesRemove(cartId: $cartId, lineIds: $lineIds) { ${cart} ${userErrors} } }`,
  checkoutQuote: `query ($cartId: ID!, $countryCode: String!) {
    checkoutQuote(cartId: $cartId, countryCode: $countryCode) {
      cartVersion shippingOptions { code total { amount currencyCode } } problems { __typename code message } } }`,
  checkoutComplete: `mutation ($cartId: ID!, $input: CheckoutInput!, $idempotencyKey: String!) {
    checkoutComplete(cartId: $cartId, input: $input, idempotencyKey: $idempotencyKey) {
      checkout { ${checkout} } ${userErrors} } }`,
  checkoutContinue: `mutation ($checkoutId: ID!) {
    checkoutContinue(checkoutId: $checkoutId) { checkout { ${checkout} } ${userErrors} } }`,
  checkout: `query ($id: ID!) { checkout(id: $id) { ${checkout} } }`,
  orderCancel: `mutation ($orderId: ID!, $idempotencyKey: String!) {
    orderCancel(orderId: $orderId, reason: CUSTOMER, idempotencyKey: $idempotencyKey) { ${order} } }`,
  orderLines: `query ($id: ID!) { order(id: $id) { status lines { id quantity refundedQuantity } } }`,
  orderFulfill: `mutation ($orderId: ID!, $lines: [FulfillmentLineInput!]!, $idempotencyKey: String!) {
    orderFulfill(orderId: $orderId, lines: $lines, trackingNumber: "T-1", idempotencyKey: $idempotencyKey) { ${order} } }`,
  orderRefund: `mutation ($orderId: ID!, $lines: [RefundLineInput!]!, $refundShipping: Boolean!, $reason: String!,
      $idempotencyKey: String!) {
    orderRefund(orderId: $orderId, lines: $lines, refundShipping: $refundShipping, reason: $reason,
      idempotencyKey: $idempotencyKey) { ${order} } }`,
  variantPriceSet: `mutation ($variantId: ID!, $price: MoneyInput!) {
    variantPriceSet(variantId: $variantId, price: $price) { ${userErrors} } }`,
  stockLocationCreate: `mutation { stockLocationCreate(name: "Second warehouse", countryCode: "DE") { stockLocation { id } } }`,
  stockLocations: `{ stockLocations { id } }`,
  productTitleSet: `mutation ($productId: ID!, $title: String!) {
    productUpdate(productId: $productId, input: { title: $title }) { ${userErrors} } }`,
  stockAdjust: `mutation ($variantId: ID!, $locationId: ID!, $delta: Int!, $reason: StockAdjustmentReason! = ADJUSTMENT,
      $idempotencyKey: String!) {
    stockAdjust(variantId: $variantId, locationId: $locationId, delta: $delta, reason: $reason,
      idempotencyKey: $idempotencyKey) { ${userErrors} } }`,
} as const
