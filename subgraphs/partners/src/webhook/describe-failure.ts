import { errors } from 'undici'
import { PrivateAddressError } from './guarded-agent.ts'

const unreachable = 'the host cannot be reached'
const broken = 'the connection broke'

const meanings: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused',
  EHOSTUNREACH: unreachable,
  ENETUNREACH: unreachable,
  ETIMEDOUT: unreachable,
  UND_ERR_CONNECT_TIMEOUT: unreachable,
  ECONNRESET: broken,
  EPIPE: broken,
  UND_ERR_SOCKET: broken,
  UND_ERR_HEADERS_OVERFLOW: 'the answer has too long headers',
}

const ofTls = /^(ERR_TLS|ERR_SSL|CERT_|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO|HOSTNAME_MISMATCH)|^EPROTO$/

/** Why no answer came, in a few words. */
export function describeFailure(error: unknown): string {
  if (error instanceof PrivateAddressError) return 'the address is not public'
  const code = codeOf(error)
  if (ofTls.test(code)) return `TLS failed (${code})`
  if (isOfName(error)) return 'the name does not resolve'
  if (error instanceof errors.HTTPParserError) return 'the answer is not HTTP'
  return meanings[code] ?? `the request failed${code === '' ? '' : ` (${code})`}`
}

/** A name server may refuse a connection too, or not answer: the system call tells. */
const isOfName = (error: unknown) => /^(query|getaddrinfo)/.test((error as { syscall?: string }).syscall ?? '')

/** Of several addresses that were tried in vain the first one says why. */
function codeOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0])
  const { code } = error as { code?: unknown }
  return typeof code === 'string' ? code : ''
}
