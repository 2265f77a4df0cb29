import { isIP } from 'node:net'

/** How much of a URL is kept and sent. */
const mostCharacters = 2_000

/** TLS is expected at 443, or at a port that anybody may listen on: below these are other protocols. */
const isOpenPort = (port: string) => port === '' || Number(port) >= 1_024

/** Names that mean something only within a network: of one label, or below these. */
const localName = /^[^.]+$|(^|\.)(localhost|local|internal|intranet|lan|home\.arpa|onion)$/

/**
 * Why nothing may be sent to this URL, in a sentence; null when something may, as far as can be seen before the name is
 * resolved. `allowsPrivateNetworks` is for development: plain HTTP, any port, any host.
 */
export function problemOfUrl(
  text: string,
  { allowsPrivateNetworks }: { readonly allowsPrivateNetworks: boolean },
): string | null {
  const url = text.length <= mostCharacters && URL.canParse(text) ? new URL(text) : null
  if (!url || url.href.length > mostCharacters) return `It is no URL of up to ${mostCharacters} characters.`
  const { protocol, username, password, hash } = url
  if (protocol !== 'https:' && !(allowsPrivateNetworks && protocol === 'http:'))
    return 'It does not begin with https://.'
  if (username !== '' || password !== '') return 'It has a user name or a password.'
  if (hash !== '' || text.includes('#')) return 'It has a fragment, which is never sent.'
  if (allowsPrivateNetworks) return null
  if (!isOpenPort(url.port)) return 'Its port is neither 443 nor above 1023.'
  const host = url.hostname.replace(/\.$/, '')
  if (isIP(host.replaceAll(/[[\]]/g, '')) !== 0) return 'Its host is an address; a name is needed.'
  return localName.test(host) ? 'Its host is not a name of the public network.' : null
}
