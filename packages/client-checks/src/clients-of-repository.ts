import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { documentIdOf, readManifest } from '@cartograph/persisted-operations'
import type { Client } from './client.ts'
import { partnerFolder } from './partner-folder.ts'

/**
 * Whose operations are in the repository at `root`: partners (`clients/partners/<name>/partner.json`), front ends with a
 * manifest (`clients/<name>/manifest.json`), and the playground with its examples.
 */
export function clientsOfRepository(root: string): Client[] {
  const files = (pattern: string) => globSync(pattern, { cwd: root }).toSorted()
  const read = (file: string) => readFileSync(path.join(root, file), 'utf8')
  const partners = files('clients/partners/*/partner.json').map((file) =>
    partnerFolder(path.join(root, path.dirname(file))),
  )
  const frontEnds = files('clients/*/manifest.json').map((file) => ({
    name: path.basename(path.dirname(file)),
    scopes: null,
    operations: readManifest(JSON.parse(read(file))),
  }))
  const examples = files('gateway/examples/*.graphql').map(read)
  const playground = {
    name: 'playground',
    scopes: null,
    operations: readManifest(Object.fromEntries(examples.map((body) => [documentIdOf(body), body]))),
  }
  return [...partners, ...frontEnds, playground]
}
