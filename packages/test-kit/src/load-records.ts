import { Readable } from 'node:stream'
import { load, type LoadDefinition } from '@cartograph/service-runtime'

/** Runs a subgraph's real load over `records`; a string is handed on as it is, to be a line that breaks. */
export function loadRecords(definition: LoadDefinition, connectionString: string, records: Iterable<object | string>) {
  const lines = function* () {
    for (const record of records) yield `${typeof record === 'string' ? record : JSON.stringify(record)}\n`
    yield '{"kind":"end"}\n'
  }
  return load(definition, { DATABASE_URL: connectionString }, Readable.from(lines()))
}
