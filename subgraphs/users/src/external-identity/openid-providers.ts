import type { Logger } from '@cartograph/service-runtime'
import { allowInsecureRequests, type Configuration, discovery, enableNonRepudiationChecks } from 'openid-client'
import type { ExternalProvider } from '../env.ts'
import { externalProviderUnavailable, reasonOf } from './external-refusals.ts'

/** How long what a provider publishes of itself is believed. */
const discoveredForMs = 3_600_000
const timeoutSeconds = 5

interface Discovered {
  readonly configuration: Promise<Configuration>
  readonly until: number
}

/**
 * The providers that users may sign in at, and what each publishes of itself: OpenID Connect Discovery 1.0, which the
 * first sign-in asks for and the others share for an hour. A provider that is down keeps nothing from starting, and is
 * asked again by the next sign-in.
 */
export class OpenIdProviders {
  readonly #providers: ReadonlyMap<string, ExternalProvider>
  readonly #logger: Pick<Logger, 'warn'>
  readonly #discovered = new Map<string, Discovered>()

  constructor(providers: readonly ExternalProvider[], logger: Pick<Logger, 'warn'>) {
    this.#providers = new Map(providers.map((provider) => [provider.id, provider]))
    this.#logger = logger
  }

  find(id: string): ExternalProvider | undefined {
    return this.#providers.get(id)
  }

  /** What is needed to speak with the provider. Refuses with EXTERNAL_PROVIDER_UNAVAILABLE when it does not answer. */
  async configurationOf(provider: ExternalProvider, now: Date): Promise<Configuration> {
    const known = this.#discovered.get(provider.id)
    const discovered =
      known && known.until > now.getTime()
        ? known
        : { configuration: discover(provider), until: now.getTime() + discoveredForMs }
    this.#discovered.set(provider.id, discovered)
    try {
      return await discovered.configuration
    } catch (error) {
      if (this.#discovered.get(provider.id) === discovered) this.#discovered.delete(provider.id)
      this.note(provider, error)
      throw externalProviderUnavailable()
    }
  }

  /** Logs why a sign-in failed, for whoever runs the shop; an error's code alone, for its text may hold tokens. */
  note({ id }: ExternalProvider, error: unknown): void {
    this.#logger.warn({ provider: id, reason: reasonOf(error) }, 'a sign-in at a provider failed')
  }
}

function discover({ issuer, clientId, clientSecret }: ExternalProvider): Promise<Configuration> {
  // Signatures of id_tokens are checked also where TLS vouches for where they come from.
  const execute = [enableNonRepudiationChecks]
  // Marked as deprecated so that it stands out. Plain http is for development: env.ts refuses it in production.
  // oxlint-disable-next-line typescript/no-deprecated
  if (issuer.startsWith('http:')) execute.push(allowInsecureRequests)
  return discovery(new URL(issuer), clientId, clientSecret, undefined, { timeout: timeoutSeconds, execute })
}
