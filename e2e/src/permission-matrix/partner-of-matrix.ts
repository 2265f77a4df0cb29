import { randomUUID } from 'node:crypto'
import { recordUsage } from '@cartograph/contracts'
import { fromGlobalId } from '@cartograph/global-ids'
import { eventually } from '@cartograph/test-kit'
import { serviceClaims, signRequest } from '@cartograph/viewer'
import type { ThrowAwayStack } from '../demo-stack.ts'
import type { MatrixShop } from './matrix-shop.ts'
import { newEndpoint, newKey, newManifest, newPartner } from './new-partner.ts'

/** Global ids of a partner that has one of everything, and of a manifest that is to end. */
export type PartnerIds = Readonly<
  Record<'partner' | 'manifest' | 'sunsetManifest' | 'webhookEndpoint' | 'webhookDelivery', string>
>

export async function partnerOfMatrix(stack: ThrowAwayStack, shop: Pick<MatrixShop, 'as'>): Promise<PartnerIds> {
  const [partner, ending] = [await newPartner(shop), await newPartner(shop)]
  await newKey(shop, partner)
  await useAsGateway(stack, partner)
  const sunsetManifest = await newManifest(shop, ending)
  await shop.as(
    'ADMIN',
    `mutation { manifestSunset(manifestId: "${sunsetManifest}", sunsetAt: "${new Date(Date.now() + 86_400_000).toISOString()}") {
      userErrors { code } } }`,
  )
  const webhookEndpoint = await newEndpoint(shop, partner)
  await changeSomePrice(shop)
  return {
    partner,
    manifest: await newManifest(shop, partner),
    sunsetManifest,
    webhookEndpoint,
    webhookDelivery: await eventually(() => deliveryTo(shop, partner)),
  }
}

/** Tells partners that it ran something, as a gateway does. */
async function useAsGateway({ urls, secrets }: ThrowAwayStack, partner: string): Promise<void> {
  const [path, day] = [`/commands/${recordUsage.name}`, new Date().toISOString().slice(0, 10)]
  const partnerId = fromGlobalId('Partner', partner)
  const usage = [{ partnerId, operationId: 'A', day, calls: 1, errors: 0, points: 1 }]
  const body = JSON.stringify({ key: randomUUID(), input: { usage, keys: [] } })
  const claims = serviceClaims('gateway', 'matrix')
  const signature = signRequest(secrets.signingSecrets.partners, { method: 'POST', path, body }, claims)
  const headers = { 'content-type': 'application/json', ...signature }
  const { status } = await fetch(`${urls.partners}${path}`, { method: 'POST', headers, body })
  if (status !== 200) throw new Error(`${recordUsage.name} was answered ${status}`)
}

/** Of a product of its own: carts and orders of the matrix know what theirs costs. */
async function changeSomePrice({ as }: Pick<MatrixShop, 'as'>): Promise<void> {
  const name = randomUUID()
  const price = (amount: string) => `price: { amount: "${amount}", currencyCode: GBP }`
  const { productCreate } = await as<{ productCreate: { product: { variants: [{ id: string }] } } }>(
    'ADMIN',
    `mutation { productCreate(input: { title: "P", slug: "${name}", variants: [{ sku: "${name}", title: "P", ${price('1.00')} }] }) {
      product { variants { id } } userErrors { code } } }`,
  )
  const [variant] = productCreate.product.variants
  await as(
    'ADMIN',
    `mutation { variantPriceSet(variantId: "${variant.id}", ${price('2.00')}) { userErrors { code } } }`,
  )
}

async function deliveryTo({ as }: Pick<MatrixShop, 'as'>, partner: string): Promise<string> {
  const { node } = await as<{ node: { webhookEndpoints: [{ deliveries: { edges: { node: { id: string } }[] } }] } }>(
    'ADMIN',
    `{ node(id: "${partner}") { ... on Partner { webhookEndpoints { deliveries { edges { node { id } } } } } } }`,
  )
  const [edge] = node.webhookEndpoints[0].deliveries.edges
  if (!edge) throw new Error('the partner was told of no price yet')
  return edge.node.id
}
