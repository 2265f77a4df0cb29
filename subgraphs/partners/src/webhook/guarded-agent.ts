import { isIP, type LookupFunction } from 'node:net'
import { Agent, buildConnector } from 'undici'
import { isPublicAddress } from './is-public-address.ts'
import type { ResolveName } from './resolve-name.ts'

/** A connection was not made, because the host is not of the public network, or not always. */
export class PrivateAddressError extends Error {
  override readonly name = 'PrivateAddressError'
}

export interface Guard {
  /** For development and tests: any address will do. */
  readonly allowsPrivateNetworks: boolean
  readonly resolve: ResolveName
}

const connectWithinMs = 5_000

/**
 * Connects to public addresses alone. A name is resolved once for each connection, every address of it is checked, and
 * one of these is connected to: there is no second resolution that could say something else. A connection serves one
 * request, so that this is done for each. Knows no proxy, whatever the environment says, and follows no redirect.
 */
export function guardedAgent({ allowsPrivateNetworks, resolve }: Guard): Agent {
  const check = (addresses: readonly string[]) => {
    const refused = allowsPrivateNetworks ? undefined : addresses.find((address) => !isPublicAddress(address))
    if (refused !== undefined) throw new PrivateAddressError(`${refused} is not a public address`)
  }
  const resolveChecked = async (name: string) => {
    const addresses = await resolve(name)
    if (addresses.length === 0) throw Object.assign(new Error(`${name} has no address`), { syscall: 'query' })
    check(addresses)
    return addresses.map((address) => ({ address, family: isIP(address) }))
  }
  const answer = async (name: string, all: boolean, callback: Parameters<LookupFunction>[2]) => {
    let found: { address: string; family: number }[]
    try {
      found = await resolveChecked(name)
    } catch (error) {
      return callback(error as Error, '')
    }
    if (all) return callback(null, found)
    callback(null, found[0]!.address, found[0]!.family)
  }
  const lookup: LookupFunction = (name, { all = false }, callback) => void answer(name, all, callback)
  const connector = buildConnector({
    lookup,
    timeout: connectWithinMs,
    allowH2: false,
    maxCachedSessions: 0,
    rejectUnauthorized: true,
  })
  const connect: buildConnector.connector = (options, callback) => {
    try {
      // Of an address the socket asks no lookup.
      if (isIP(options.hostname) !== 0) check([options.hostname])
    } catch (error) {
      return queueMicrotask(() => callback(error as Error, null))
    }
    connector(options, callback)
  }
  return new Agent({ connect, pipelining: 0 })
}
