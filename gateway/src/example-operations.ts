import { readdirSync, readFileSync } from 'node:fs'
import type { ExampleOperation } from '@cartograph/playground'

const folder = new URL('../examples/', import.meta.url)

/** The operations in gateway/examples, in the order of their file names: what the playground opens with. */
export function exampleOperations(): ExampleOperation[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.graphql'))
    .sort()
    .map((file) => {
      const query = readFileSync(new URL(file, folder), 'utf8').trim()
      const name = /^\s*(?:query|mutation) (\w+)/m.exec(query)?.[1] ?? file
      return name === 'Everything' ? { name, query, headers: { authorization: 'Bearer ' } } : { name, query }
    })
}
