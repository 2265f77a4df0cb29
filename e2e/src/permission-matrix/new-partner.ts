import { createHash, randomUUID } from 'node:crypto'
import type { MatrixShop } from './matrix-shop.ts'

type AsSomebody = Pick<MatrixShop, 'as'>

const body = 'query A { products(first: 1) { edges { node { id } } } }'

/** An operation that any partner may publish, as an argument. */
export const someOperation = `{ id: "sha256:${createHash('sha256').update(body).digest('hex')}", body: "${body}" }`

/** A partner without anything: what a call uses up is made for one of its own. */
export async function newPartner({ as }: AsSomebody): Promise<string> {
  const { partnerCreate } = await as<{ partnerCreate: { partner: { id: string } } }>(
    'ADMIN',
    `mutation { partnerCreate(input: { name: "${randomUUID()}", scopes: ["orders:read"], pointsPerMinute: 100 }) {
      partner { id } userErrors { code } } }`,
  )
  return partnerCreate.partner.id
}

export async function newKey({ as }: AsSomebody, partnerId: string): Promise<{ id: string; secret: string }> {
  const { partnerKeyCreate } = await as<{ partnerKeyCreate: { key: { id: string }; secret: string } }>(
    'ADMIN',
    `mutation { partnerKeyCreate(partnerId: "${partnerId}") { key { id } secret userErrors { code } } }`,
  )
  return { id: partnerKeyCreate.key.id, secret: partnerKeyCreate.secret }
}

export async function newManifest({ as }: AsSomebody, partnerId: string): Promise<string> {
  const { manifestPublish } = await as<{ manifestPublish: { manifest: { id: string } } }>(
    'ADMIN',
    `mutation { manifestPublish(partnerId: "${partnerId}", operations: [${someOperation}]) {
      manifest { id } userErrors { code } } }`,
  )
  return manifestPublish.manifest.id
}

/** An endpoint where nobody listens. */
export async function newEndpoint({ as }: AsSomebody, partnerId: string): Promise<string> {
  const { webhookEndpointCreate } = await as<{ webhookEndpointCreate: { endpoint: { id: string } } }>(
    'ADMIN',
    `mutation { webhookEndpointCreate(partnerId: "${partnerId}", url: "http://127.0.0.1:9/hooks", eventTypes: [PRICE_CHANGED]) {
      endpoint { id } userErrors { code } } }`,
  )
  return webhookEndpointCreate.endpoint.id
}
