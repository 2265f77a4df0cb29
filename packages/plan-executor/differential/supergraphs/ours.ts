import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { readSupergraphConfig } from '@cartograph/composition'
import type { SupergraphSources } from '../world/supergraph.ts'

/** Cartograph's own supergraph; permissions are taken out where it is loaded. */
export const ours: SupergraphSources = {
  name: 'cartograph',
  depth: 6,
  subgraphs: Object.fromEntries(
    readSupergraphConfig(fileURLToPath(new URL('../../../../supergraph.yaml', import.meta.url))).map(
      ({ name, schemaFile }) => [name, readFileSync(schemaFile, 'utf8')],
    ),
  ),
}
