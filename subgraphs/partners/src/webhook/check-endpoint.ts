import { invalidInput, refuseIfAny } from '@cartograph/error-catalogue'
import { problemOfUrl } from './check-url.ts'
import type { WebhookEventType } from './webhook-event.ts'
import type { WebhookServices } from './webhook-services.ts'

export interface EndpointSettings {
  readonly url?: string | undefined
  readonly eventTypes?: readonly WebhookEventType[] | undefined
}

/**
 * The settings as they are kept: the URL as it is sent to, the events each once and in order. Refuses, at `path`, a URL
 * that nothing may be sent to, as far as can be seen without resolving its name, and no events at all.
 */
export function checkEndpoint<Settings extends EndpointSettings>(
  { allowsPrivateNetworks }: Pick<WebhookServices, 'allowsPrivateNetworks'>,
  settings: Settings,
  path: readonly string[] = [],
): Settings {
  const { url, eventTypes } = settings
  const problem = url === undefined ? null : problemOfUrl(url, { allowsPrivateNetworks })
  refuseIfAny([
    ...(problem === null ? [] : [invalidInput(`Nothing may be sent to this URL. ${problem}`, [...path, 'url'])]),
    ...(eventTypes?.length === 0
      ? [invalidInput('An endpoint is told of one event at least.', [...path, 'eventTypes'])]
      : []),
  ])
  return {
    ...settings,
    ...(url !== undefined && { url: new URL(url).href }),
    ...(eventTypes !== undefined && { eventTypes: [...new Set(eventTypes)].sort() }),
  }
}
