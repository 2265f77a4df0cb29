import { EnvironmentError, type EnvironmentVariables } from '@cartograph/service-runtime/process'
import { z } from 'zod'

export interface SubgraphEndpoint {
  readonly name: string
  readonly url: string
  /** The secret under which that subgraph accepts requests. */
  readonly signingSecret: string
}

/**
 * Where each subgraph is and its secret, from `<NAME>_URL` (default: the routing URL) and `<NAME>_SIGNING_SECRET`.
 * Throws EnvironmentError with all that is missing or malformed.
 */
export function subgraphEndpoints(
  subgraphs: readonly { name: string; routingUrl: string }[],
  variables: EnvironmentVariables,
): Map<string, SubgraphEndpoint> {
  const problems: string[] = []
  const endpoints = subgraphs.map(({ name, routingUrl }) => {
    const prefix = name.toUpperCase().replaceAll('-', '_')
    const url = variables[`${prefix}_URL`] ?? routingUrl
    const signingSecret = variables[`${prefix}_SIGNING_SECRET`] ?? ''
    if (!z.url({ protocol: /^https?$/ }).safeParse(url).success)
      problems.push(`${prefix}_URL: is not an http:// or https:// URL`)
    if (signingSecret.length < 32) problems.push(`${prefix}_SIGNING_SECRET: is missing or shorter than 32 characters`)
    return { name, url, signingSecret }
  })
  if (problems.length > 0) throw new EnvironmentError(`The environment is not usable: ${problems.join('; ')}`)
  return new Map(endpoints.map((endpoint) => [endpoint.name, endpoint]))
}
