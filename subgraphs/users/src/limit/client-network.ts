import ipaddr from 'ipaddr.js'

/**
 * What tries from a client's address are counted under: an IPv4 address itself, also when it is written as an IPv6 one,
 * and the /64 of an IPv6 address, which is what one customer of a provider is given (RFC 6177) and can walk through.
 */
export function clientNetwork(address: string): string {
  if (!ipaddr.isValid(address)) return address
  const parsed = ipaddr.process(address)
  if (parsed.kind() === 'ipv4') return parsed.toString()
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${parsed.toNormalizedString()}/64`).toString()}/64`
}
