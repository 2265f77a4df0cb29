import { createHash } from 'node:crypto'

const algorithm = 'sha256:'

/**
 * The id of a document by its content, as GraphQL over HTTP, appendix A (persisted documents), writes it: `sha256:` and 64
 * hexadecimal digits of its UTF-8.
 */
export function documentIdOf(body: string): string {
  return `${algorithm}${createHash('sha256').update(body).digest('hex')}`
}

/** The digits of an id by content, which is how Apollo's manifests and clients write it; any other id as it is. */
export function withoutAlgorithm(id: string): string {
  return id.startsWith(algorithm) ? id.slice(algorithm.length) : id
}
