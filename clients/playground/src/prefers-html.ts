const HTML = 'text/html'
const JSON_TYPES = ['application/json', 'application/graphql-response+json']

/**
 * Whether an Accept header is a browser's that opens a page. A wildcard does not count: curl and most GraphQL clients
 * send one and want JSON.
 */
export function prefersHtml(accept: string | undefined): boolean {
  const weights = new Map((accept ?? '').split(',').map(parseMediaRange))
  const json = Math.max(...JSON_TYPES.map((type) => weights.get(type) ?? 0))
  return (weights.get(HTML) ?? 0) > json
}

function parseMediaRange(range: string): [string, number] {
  const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase())
  const quality = parameters.find((parameter) => parameter.startsWith('q='))
  return [type, quality === undefined ? 1 : Number(quality.slice(2)) || 0]
}
