import os from 'node:os'
import { errorCatalogue } from '@cartograph/error-catalogue'
import { root } from '@cartograph/local-stack'

/** What no stranger may be told; no attack says any of it itself. */
const secrets: readonly [string, RegExp | string][] = [
  ['a stack', /\bat (?:async )?[\w.<>#[\] ]+ \(|\bat (?:file|node):|\.(?:ts|js|mjs):\d+/],
  ['a path of the machine', root],
  ['a folder of packages', 'node_modules'],
  ['the name of the machine', os.hostname()],
  ['an address', /\b(?:127\.0\.0\.1|10\.0\.0\.7|localhost|ECONN\w+|ENOTFOUND)\b/],
  ['SQL', /select \w+ from|password_hash/i],
  ['who answers', /\b(?:fastify|undici|apollo|FST_ERR\w+|express|node\.js)\b/i],
  ['an engine in its own words', /Maximum call stack|Cannot read prop|is not a function|Unexpected token/],
]

interface HttpAnswer {
  readonly status: number
  readonly body: string
}

/** What is wrong with what the gateway wrote on one connection, in sentences; none for all that is right. */
export function complaintsOf(text: string): string[] {
  const told = secrets.filter(([, secret]) => (typeof secret === 'string' ? text.includes(secret) : secret.test(text)))
  return [...told.map(([what]) => `tells ${what}`), ...answersIn(text).flatMap(complaintsOfAnswer)]
}

/** How many answers there are in what came on one connection. */
export const answersIn = (text: string): HttpAnswer[] =>
  text
    .split(/(?=HTTP\/1\.1 \d{3} )/)
    .filter((part) => part.startsWith('HTTP/1.1 '))
    .map((part) => ({
      status: Number(part.slice(9, 12)),
      body: part.includes('\r\n\r\n') ? part.slice(part.indexOf('\r\n\r\n') + 4) : '',
    }))
    .filter(({ status }) => status >= 200)

function complaintsOfAnswer({ status, body }: HttpAnswer): string[] {
  if (status >= 500 && status !== 503) return [`answers ${status}`]
  // As HTTP has it: to HEAD, and to an Expect header that nobody knows.
  if (body === '') return status === 200 || status === 417 ? [] : [`answers ${status} and nothing`]
  let answer: { errors?: unknown }
  try {
    answer = JSON.parse(body) as typeof answer
  } catch {
    return [`answers ${status} with what is no JSON`]
  }
  if (answer.errors === undefined) return status < 400 ? [] : [`answers ${status} without errors`]
  return (answer.errors as { message: unknown; extensions?: { code?: string; service?: string } }[]).flatMap(
    ({ extensions: { code = 'none', service } = {} }) => {
      if (!Object.hasOwn(errorCatalogue, code)) return [`has an error of the code ${code}`]
      return code === 'INTERNAL_SERVER_ERROR' && service === undefined ? ['has an error of its own'] : []
    },
  )
}
