import { notFound, Refused, validationError } from '@cartograph/error-catalogue'
import type { Viewer } from '@cartograph/viewer'
import { recordPartnerEvent } from '../audit/record-partner-event.ts'
import { addSecret } from './add-secret.ts'
import { checkEndpoint } from './check-endpoint.ts'
import { mostEndpoints, type WebhookEndpoint } from './webhook-endpoint.ts'
import type { WebhookEventType } from './webhook-event.ts'
import type { WebhookServices } from './webhook-services.ts'

export interface NewEndpoint {
  readonly partnerId: string
  readonly url: string
  readonly eventTypes: readonly WebhookEventType[]
}

/** A new endpoint, and its secret, which is never shown again. A partner has ten at most, also when two are added at once. */
export async function createEndpoint(
  services: Pick<WebhookServices, 'db' | 'secretBox' | 'allowsPrivateNetworks' | 'now'>,
  viewer: Viewer,
  input: NewEndpoint,
): Promise<{ endpoint: WebhookEndpoint; secret: string }> {
  const { partnerId, url, eventTypes } = checkEndpoint(services, input)
  return services.db.$transaction(async (tx) => {
    const [partner] = await tx.$queryRaw<{ id: string }[]>`
      select id from partner where id = ${partnerId}::uuid for no key update`
    if (!partner) throw new Refused([notFound('The partner does not exist.', ['partnerId'])])
    if ((await tx.webhookEndpoint.count({ where: { partnerId } })) >= mostEndpoints)
      throw new Refused([
        validationError('ENDPOINT_LIMIT_REACHED', `A partner has at most ${mostEndpoints} endpoints.`, ['partnerId']),
      ])
    const at = services.now()
    const made = await tx.webhookEndpoint.create({
      data: { partnerId, url, eventTypes: [...eventTypes], createdAt: at },
    })
    const secret = await addSecret(services, tx, made.id, at)
    await recordPartnerEvent(tx, viewer, { kind: 'WEBHOOK_ENDPOINT_CREATED', partnerId, at })
    return { endpoint: { ...made, eventTypes }, secret }
  })
}
