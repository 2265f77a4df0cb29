import { createHash } from 'node:crypto'

/** An operation which the gateway offers its visitors to try. Names must differ. */
export type ExampleOperation = {
  name: string
  query: string
  variables?: Record<string, unknown>
  headers?: Record<string, string>
}

type LaboratoryOperation = {
  id: string
  name: string
  description: string
  createdAt: string
  query: string
  variables: string
  headers: string
  extensions: string
}

const EXAMPLES_ID = 'examples'
// The laboratory sorts and shows nothing by this date, but it requires one.
const CREATED_AT = '2026-01-01T00:00:00.000Z'

/** The laboratory's state for someone who has never been here: every example is open in a tab, the first one in front. */
export function initialState(examples: readonly ExampleOperation[]) {
  const operations = examples.map(toLaboratoryOperation)
  const tabs = operations.map(({ id, name }) => ({ id: `tab-${id}`, type: 'operation', data: { id, name } }))
  return {
    /** Changes with the examples, so that a returning visitor is given the new ones. */
    version: digest(operations),
    collections: [{ id: EXAMPLES_ID, name: 'Examples', createdAt: CREATED_AT, operations }],
    operations,
    tabs,
    activeTabId: tabs[0]?.id ?? null,
    settings: {
      fetch: { credentials: 'same-origin', timeout: 30_000, useGETForQueries: false },
      subscriptions: { protocol: 'GRAPHQL_SSE' },
      // Unless told otherwise the laboratory asks for the whole schema every five seconds.
      introspection: { method: 'POST', headers: '', includeActiveOperationHeaders: false, pollSchema: false },
    },
  }
}

export type InitialState = ReturnType<typeof initialState>

// The id follows the content: a tab which a visitor kept from an older example stays theirs, and is not mistaken for
// the example that took its place.
function toLaboratoryOperation(example: ExampleOperation): LaboratoryOperation {
  return {
    id: `example-${digest(example)}`,
    name: example.name,
    description: '',
    createdAt: CREATED_AT,
    query: `${example.query.trim()}\n`,
    variables: toEditorText(example.variables),
    headers: toEditorText(example.headers),
    extensions: '',
  }
}

function toEditorText(value: object | undefined): string {
  return value === undefined ? '' : JSON.stringify(value, null, 2)
}

function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 12)
}
