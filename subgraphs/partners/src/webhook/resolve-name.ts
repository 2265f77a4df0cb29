import { lookup, Resolver } from 'node:dns/promises'

/** The addresses of a host. Throws when there are none, or nobody says. */
export type ResolveName = (name: string) => Promise<string[]>

/**
 * Asks name servers, those of the system where none are given, and not the system: names that partners choose must not wait in the few threads that look up
 * all others, nor find what this machine or its network knows under them.
 */
export const resolvePublicName =
  (nameServers?: readonly string[]): ResolveName =>
  async (name) => {
    const resolver = new Resolver({ timeout: 2_000, tries: 2 })
    if (nameServers) resolver.setServers(nameServers)
    const [ipv4, ipv6] = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)])
    if (ipv4.status === 'rejected' && ipv6.status === 'rejected') throw ipv4.reason
    return [ipv4, ipv6].flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []))
  }

/** As the system resolves it: `localhost`, and the names of containers. For development. */
export const resolveLocalName: ResolveName = async (name) =>
  (await lookup(name, { all: true })).map(({ address }) => address)
