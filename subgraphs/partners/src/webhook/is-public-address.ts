import ipaddr from 'ipaddr.js'

/** All that is given to hosts of the public IPv6 network, so far; what embeds an IPv4 address beside it is outside. */
const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3')

/**
 * Whether an address, as a resolver or a socket writes it, is one of a host of the public network. Nothing private,
 * local, shared, reserved or multicast is, nor an IPv6 address that an IPv4 one may be hidden in.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false
  const parsed = ipaddr.parse(address)
  if (parsed.range() !== 'unicast') return false
  return parsed.kind() === 'ipv4' || (parsed as ipaddr.IPv6).match(globalUnicast)
}
