import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parse as parseYaml } from 'yaml'
import { z } from 'zod'

/** rover's supergraph.yaml (https://www.apollographql.com/docs/rover/commands/supergraphs), schemas from files only. */
const supergraphConfig = z.object({
  subgraphs: z.record(z.string(), z.object({ routing_url: z.url(), schema: z.object({ file: z.string() }) })),
})

export interface SubgraphConfig {
  readonly name: string
  readonly routingUrl: string
  /** Absolute path of the schema file. */
  readonly schemaFile: string
}

/** The subgraphs that supergraph.yaml names, in its order. Throws with the path of what is malformed. */
export function readSupergraphConfig(file: string): SubgraphConfig[] {
  const config = supergraphConfig.parse(parseYaml(readFileSync(file, 'utf8')))
  return Object.entries(config.subgraphs).map(([name, { routing_url, schema }]) => ({
    name,
    routingUrl: routing_url,
    schemaFile: path.resolve(path.dirname(file), schema.file),
  }))
}
