import { randomUUID } from 'node:crypto'
import { toGlobalId } from '@cartograph/global-ids'
import { decodeJwt } from 'jose'
import { mailedToken } from './mailed-token.ts'
import type { MatrixShop } from './matrix-shop.ts'
import { newEndpoint, newKey, newManifest, newPartner, someOperation } from './new-partner.ts'

/**
 * How each root field is called, on what is the owner's, so that whoever may do it succeeds. What a call uses up is made
 * anew for each. A root field without a call here fails the matrix.
 */
export const rootCalls: Readonly<Record<string, (shop: MatrixShop) => string | Promise<string>>> = {
  // Of the gateway
  'Query.node': ({ ids }) => `node(id: "${ids.product}") { __typename }`,
  'Query.nodes': ({ ids }) => `nodes(ids: ["${ids.product}"]) { __typename }`,

  // Of users
  'Query.viewer': () => 'viewer { __typename }',
  'Query.users': () => 'users(first: 1) { __typename }',
  'Query.securityEvents': () => 'securityEvents(first: 1) { __typename }',
  'Mutation.userRegister': () =>
    `userRegister(input: { email: "${randomUUID()}@example.com", password: ${text(randomUUID())}, displayName: "New" }) ${done}`,
  'Mutation.sessionCreate': ({ people }) =>
    `sessionCreate(email: "${people.owner.email}", password: "cartograph-demo") ${done}`,
  'Mutation.sessionRefresh': async (shop) => `sessionRefresh(refreshToken: "${await refreshToken(shop)}") ${done}`,
  'Mutation.sessionRevoke': async (shop) => `sessionRevoke(refreshToken: "${await refreshToken(shop)}") ${done}`,
  'Mutation.sessionEnd': async (shop) => `sessionEnd(sessionId: "${await anotherSession(shop)}") ${done}`,
  'Mutation.sessionEndAll': () => `sessionEndAll ${done}`,
  'Mutation.externalSignInStart': ({ provider }) =>
    `externalSignInStart(provider: "${provider.id}", redirectUri: "${provider.redirectUri}") ${done}`,
  'Mutation.externalSignInComplete': async (shop) => {
    const { state, callbackUrl } = await backFromProvider(shop)
    return `externalSignInComplete(state: "${state}", callbackUrl: "${callbackUrl}") ${done}`
  },
  'Mutation.viewerUpdate': () => `viewerUpdate(input: { displayName: "Me" }) ${done}`,
  'Mutation.addressCreate': () => `addressCreate(input: ${address}) ${done}`,
  'Mutation.addressUpdate': async (shop) =>
    `addressUpdate(addressId: "${await ownersAddress(shop)}", input: ${address}) ${done}`,
  'Mutation.addressDelete': async (shop) => `addressDelete(addressId: "${await ownersAddress(shop)}") ${done}`,
  'Mutation.userRolesSet': async (shop) =>
    `userRolesSet(userId: "${await newAccount(shop)}", roles: [SUPPORT]) ${done}`,

  'Mutation.userDisable': async (shop) => `userDisable(userId: "${await newAccount(shop)}") ${done}`,
  'Mutation.userEnable': async (shop) => `userEnable(userId: "${await newAccount(shop)}") ${done}`,
  'Mutation.emailVerify': async (shop) => `emailVerify(token: "${await mailedToken(shop, 'verify-email')}") ${done}`,
  'Mutation.emailVerificationRequest': () => `emailVerificationRequest ${done}`,
  // The password stays what it is, for the calls that come after.
  'Mutation.passwordChange': () =>
    `passwordChange(currentPassword: "cartograph-demo", newPassword: "cartograph-demo") ${done}`,
  'Mutation.passwordResetRequest': () => `passwordResetRequest(email: "${randomUUID()}@example.com") ${done}`,
  'Mutation.passwordReset': async (shop) =>
    `passwordReset(token: "${await mailedToken(shop, 'reset-password')}", newPassword: "cartograph-demo") ${done}`,
  'Mutation.emailChangeRequest': () =>
    `emailChangeRequest(currentPassword: "cartograph-demo", newEmail: "${randomUUID()}@example.com") ${done}`,
  'Mutation.emailChange': async (shop) => `emailChange(token: "${await mailedToken(shop, 'change-email')}") ${done}`,
  // Not by the right password: who erases their account is not there to be asked as again.
  'Mutation.accountDelete': () => `accountDelete(currentPassword: "another one") ${done}`,

  // Of products
  'Query.product': ({ ids }) => `product(id: "${ids.product}") { __typename }`,
  'Query.productBySlug': ({ slugs }) => `productBySlug(slug: "${slugs.product}") { __typename }`,
  'Query.products': () => 'products(first: 1) { __typename }',
  'Query.category': ({ ids }) => `category(id: "${ids.category}") { __typename }`,
  'Query.categoryBySlug': ({ slugs }) => `categoryBySlug(slug: "${slugs.category}") { __typename }`,
  'Query.categories': () => 'categories { __typename }',
  'Mutation.productCreate': () => `productCreate(input: ${newProduct()}) ${done}`,
  'Mutation.productUpdate': ({ ids }) => `productUpdate(productId: "${ids.product}", input: { brand: "Glow" }) ${done}`,
  'Mutation.productPublish': ({ ids }) => `productPublish(productId: "${ids.product}") ${done}`,
  'Mutation.productUnpublish': async (shop) => `productUnpublish(productId: "${await anotherProduct(shop)}") ${done}`,
  'Mutation.variantPriceSet': ({ ids }) =>
    `variantPriceSet(variantId: "${ids.variant}", price: { amount: "12.50", currencyCode: GBP }) ${done}`,

  // Of inventory
  'Query.stockLocations': () => 'stockLocations { __typename }',
  'Query.lowStock': () => 'lowStock(first: 1) { __typename }',
  'Mutation.stockAdjust': ({ ids }) =>
    `stockAdjust(variantId: "${ids.variant}", locationId: "${ids.location}", delta: 1, reason: RECEIPT, ${key()}) ${done}`,
  'Mutation.stockLocationCreate': () => `stockLocationCreate(name: "${randomUUID()}", countryCode: "GB") ${done}`,
  'Mutation.stockBackorderLimitSet': ({ ids }) =>
    `stockBackorderLimitSet(variantId: "${ids.variant}", limit: 5) ${done}`,

  // Of carts
  'Query.cart': ({ ids }) => `cart(id: "${ids.cart}") { __typename }`,
  'Mutation.cartCreate': () => `cartCreate ${done}`,
  'Mutation.cartLinesAdd': async (shop) =>
    `cartLinesAdd(cartId: "${(await shop.cart()).id}", lines: [{ variantId: "${shop.ids.variant}", quantity: 1 }]) ${done}`,
  'Mutation.cartLinesUpdate': async (shop) => {
    const { id, lineId } = await shop.cart()
    return `cartLinesUpdate(cartId: "${id}", lines: [{ lineId: "${lineId}", quantity: 2 }]) ${done}`
  },
  'Mutation.cartLinesRemove': async (shop) => {
    const { id, lineId } = await shop.cart()
    return `cartLinesRemove(cartId: "${id}", lineIds: ["${lineId}"]) ${done}`
  },
  'Mutation.cartMerge': async (shop) => `cartMerge(guestCartToken: "${await guestCart(shop)}") ${done}`,

  // Of orders
  'Query.order': ({ ids }) => `order(id: "${ids.order}") { __typename }`,
  'Query.orders': () => 'orders(first: 1) { __typename }',
  'Query.checkoutQuote': async (shop) =>
    `checkoutQuote(cartId: "${(await shop.cart()).id}", countryCode: "GB") { __typename }`,
  'Query.checkout': ({ ids }) => `checkout(id: "${ids.checkout}") { __typename }`,
  'Mutation.checkoutComplete': async (shop) =>
    `checkoutComplete(cartId: "${await shop.cartOfTwo()}", input: ${shop.checkoutInput}, ${key()}) ${done}`,
  'Mutation.checkoutContinue': async (shop) =>
    `checkoutContinue(checkoutId: "${(await shop.buy()).checkoutId}") ${done}`,
  'Mutation.orderCancel': async (shop) =>
    `orderCancel(orderId: "${(await shop.buy()).orderId}", reason: CUSTOMER, ${key()}) ${done}`,
  'Mutation.orderFulfill': async (shop) => {
    const { orderId, lineId } = await shop.buy()
    return `orderFulfill(orderId: "${orderId}", lines: [{ orderLineId: "${lineId}", quantity: 1 }], ${key()}) ${done}`
  },
  'Mutation.orderRefund': async (shop) => {
    const { orderId, lineId } = await shop.buy()
    return `orderRefund(orderId: "${orderId}", lines: [{ orderLineId: "${lineId}", quantity: 1 }], ${key()}) ${done}`
  },

  // Of recommendations
  'Query.trending': () => 'trending(first: 1) { __typename }',
  'Mutation.interactionRecord': ({ ids }) =>
    `interactionRecord(events: [{ eventId: "${randomUUID()}", productId: "${ids.product}", type: VIEW, at: "${new Date().toISOString()}" }]) ${done}`,

  // Of partners
  'Query.partner': ({ ids }) => `partner(id: "${ids.partner}") { __typename }`,
  'Query.partners': () => 'partners(first: 1) { __typename }',
  'Query.partnerEvents': () => 'partnerEvents(first: 1) { __typename }',
  'Mutation.partnerCreate': () => `partnerCreate(input: { name: "${randomUUID()}", pointsPerMinute: 100 }) ${done}`,
  'Mutation.partnerUpdate': ({ ids }) =>
    `partnerUpdate(partnerId: "${ids.partner}", input: { name: "${randomUUID()}" }) ${done}`,
  'Mutation.partnerKeyCreate': async (shop) => `partnerKeyCreate(partnerId: "${await newPartner(shop)}") ${done}`,
  'Mutation.partnerKeyRevoke': async (shop) =>
    `partnerKeyRevoke(keyId: "${(await newKey(shop, await newPartner(shop))).id}") ${done}`,
  'Mutation.persistedOperationsAdd': ({ ids }) =>
    `persistedOperationsAdd(partnerId: "${ids.partner}", operations: [${someOperation}]) ${done}`,
  'Mutation.manifestPublish': async (shop) =>
    `manifestPublish(partnerId: "${await newPartner(shop)}", operations: [${someOperation}]) ${done}`,
  'Mutation.manifestSunset': async (shop) =>
    `manifestSunset(manifestId: "${await newManifest(shop, await newPartner(shop))}", sunsetAt: "${inADay()}") ${done}`,
  'Mutation.webhookEndpointCreate': async (shop) =>
    `webhookEndpointCreate(partnerId: "${await newPartner(shop)}", url: "http://127.0.0.1:9/hooks", eventTypes: [PRICE_CHANGED]) ${done}`,
  'Mutation.webhookEndpointUpdate': ({ ids }) =>
    `webhookEndpointUpdate(endpointId: "${ids.webhookEndpoint}", input: { isEnabled: true }) ${done}`,
  'Mutation.webhookEndpointDelete': async (shop) =>
    `webhookEndpointDelete(endpointId: "${await newEndpoint(shop, await newPartner(shop))}") ${done}`,
  'Mutation.webhookSecretRotate': ({ ids }) => `webhookSecretRotate(endpointId: "${ids.webhookEndpoint}") ${done}`,
  'Mutation.webhookDeliveryReplay': ({ ids }) => `webhookDeliveryReplay(deliveryId: "${ids.webhookDelivery}") ${done}`,
}

const done = '{ __typename userErrors { code } }'
const inADay = () => new Date(Date.now() + 86_400_000).toISOString()
const text = (value: string) => JSON.stringify(value)
const key = () => `idempotencyKey: "${randomUUID()}"`
const address =
  '{ fullName: "Ada", line1: "12 St James’s Square", city: "London", postalCode: "SW1Y 4JH", countryCode: "GB" }'

function newProduct(): string {
  const name = randomUUID()
  const price = '{ amount: "1.00", currencyCode: GBP }'
  return `{ title: "New", slug: "${name}", variants: [{ sku: "${name}", title: "New", price: ${price} }] }`
}

async function anotherProduct(shop: MatrixShop): Promise<string> {
  const { productCreate } = await shop.as<{ productCreate: { product: { id: string } } }>(
    'ADMIN',
    `mutation { productCreate(input: ${newProduct()}) { product { id } userErrors { code } } }`,
  )
  await shop.as('ADMIN', `mutation { productPublish(productId: "${productCreate.product.id}") ${done} }`)
  return productCreate.product.id
}

async function newAccount(shop: MatrixShop): Promise<string> {
  const { userRegister } = await shop.as<{ userRegister: { session: { viewer: { id: string } } } }>(
    null,
    `mutation { userRegister(input: { email: "${randomUUID()}@example.com", password: "${randomUUID()}", displayName: "N" }) {
      session { viewer { id } } userErrors { code } } }`,
  )
  return userRegister.session.viewer.id
}

async function refreshToken(shop: MatrixShop): Promise<string> {
  const { sessionCreate } = await shop.as<{ sessionCreate: { session: { refreshToken: string } } }>(
    null,
    `mutation { sessionCreate(email: "${shop.people.owner.email}", password: "cartograph-demo") {
      session { refreshToken } userErrors { code } } }`,
  )
  return sessionCreate.session.refreshToken
}

/** A session of the owner's on another device. */
async function anotherSession(shop: MatrixShop): Promise<string> {
  const { sessionCreate } = await shop.as<{ sessionCreate: { session: { accessToken: string } } }>(
    null,
    `mutation { sessionCreate(email: "${shop.people.owner.email}", password: "cartograph-demo") {
      session { accessToken } userErrors { code } } }`,
  )
  return toGlobalId('DeviceSession', decodeJwt<{ sid: string }>(sessionCreate.session.accessToken).sid)
}

/** An address that goes with its cell: an account keeps twenty at most. */
async function ownersAddress(shop: MatrixShop): Promise<string> {
  const { viewer } = await shop.as<{ viewer: { addresses: { id: string }[] } }>(
    'owner',
    '{ viewer { addresses { id } } }',
  )
  for (const { id } of viewer.addresses.filter((one) => one.id !== shop.ids.address))
    await shop.as('owner', `mutation { addressDelete(addressId: "${id}") ${done} }`)
  const { addressCreate } = await shop.as<{ addressCreate: { address: { id: string } } }>(
    'owner',
    `mutation { addressCreate(input: ${address}) { address { id } userErrors { code } } }`,
  )
  return addressCreate.address.id
}

async function guestCart(shop: MatrixShop): Promise<string> {
  const { cartCreate } = await shop.as<{ cartCreate: { cartToken: string } }>(
    null,
    `mutation { cartCreate(lines: [{ variantId: "${shop.ids.variant}", quantity: 1 }]) { cartToken userErrors { code } } }`,
  )
  return cartCreate.cartToken
}

/** What a browser has that signed in at the provider, and has yet to say so to the shop. */
async function backFromProvider({ as, provider }: MatrixShop): Promise<{ state: string; callbackUrl: string }> {
  const { externalSignInStart } = await as<{ externalSignInStart: { externalSignIn: BegunSignIn } }>(
    null,
    `mutation { externalSignInStart(provider: "${provider.id}", redirectUri: "${provider.redirectUri}") {
      externalSignIn { state authorizationUrl } userErrors { code } } }`,
  )
  const { state, authorizationUrl } = externalSignInStart.externalSignIn
  return { state, callbackUrl: await provider.visit(authorizationUrl) }
}

interface BegunSignIn {
  readonly state: string
  readonly authorizationUrl: string
}
