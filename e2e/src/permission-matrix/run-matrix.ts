import { entitiesQuery } from '@cartograph/test-kit'
import { ask } from '../shop-client.ts'
import { entityReferences } from './entity-references.ts'
import type { MatrixShop } from './matrix-shop.ts'
import { type Outcome, outcomeOf } from './outcome.ts'
import { rootCalls } from './root-calls.ts'
import { matrixRows, type Row } from './rows.ts'
import { type MatrixViewer, matrixViewers } from './viewers.ts'

export interface Cell {
  readonly gateway: Outcome
  /** Null where the gateway is the only door. */
  readonly subgraph: Outcome | null
}

export interface Matrix {
  readonly viewers: readonly string[]
  readonly rows: readonly { readonly row: Row; readonly cells: readonly Cell[] }[]
}

/**
 * Asks for every field as everybody, through the gateway and at the subgraph itself. One cell after another: what a
 * mutation uses up is made anew before it, and mutations come last, for they change what is there to be read. Throws for
 * a row that nobody has said how to ask for.
 */
export async function runMatrix(shop: MatrixShop): Promise<Matrix> {
  const viewers = await matrixViewers(shop)
  const rows = matrixRows().map((row) => ({ row, cells: [] as Cell[] }))
  const isMutation = ({ row }: (typeof rows)[number]) => row.typeName === 'Mutation'
  for (const { row, cells } of [...rows.filter((each) => !isMutation(each)), ...rows.filter(isMutation)])
    for (const viewer of viewers)
      cells.push(row.isRoot ? await rootCell(shop, viewer, row) : await entityCell(shop, viewer, row))
  return { viewers: viewers.map(({ name }) => name), rows }
}

async function rootCell(shop: MatrixShop, viewer: MatrixViewer, row: Row): Promise<Cell> {
  const call = rootCalls[row.coordinate]
  if (!call) throw new Error(`${row.coordinate} has no call in e2e/src/permission-matrix/root-calls.ts`)
  const operation = async () => `${row.typeName.toLowerCase()} { result: ${await call(shop)} }`
  const read: Read = ({ result }) => result
  return {
    gateway: await atGateway(shop, viewer, await operation(), read),
    subgraph: await atSubgraph(shop, viewer, row, { query: await operation() }, read),
  }
}

async function entityCell(shop: MatrixShop, viewer: MatrixViewer, row: Row): Promise<Cell> {
  const { coordinate, typeName, fieldName, givesObjects } = row
  const references = entityReferences(shop)
  const reference = references[coordinate] ?? references[typeName]
  if (!reference) throw new Error(`${typeName} has no object in e2e/src/permission-matrix/entity-references.ts`)
  const selection = `... on ${typeName} { ${fieldName} ${givesObjects ? '{ __typename }' : ''} }`
  const variables = { of: [{ __typename: typeName, ...reference }] }
  const fieldOf = (object: unknown) => (object as Record<string, unknown> | null)?.[fieldName]
  const byEntities = { query: entitiesQuery(selection), variables }
  return {
    gateway: await atGateway(shop, viewer, `{ node(id: "${reference.id}") { ${selection} } }`, ({ node }) =>
      fieldOf(node),
    ),
    subgraph: await atSubgraph(shop, viewer, row, byEntities, ({ _entities }) => fieldOf((_entities as unknown[])[0])),
  }
}

type Read = (data: Readonly<Record<string, unknown>>) => unknown

async function atGateway(shop: MatrixShop, { atGateway: headers }: MatrixViewer, operation: string, read: Read) {
  const answer = await ask<Record<string, unknown>>(shop.url, operation, {}, headers)
  return outcomeOf(answer, answer.data ? read(answer.data) : null)
}

async function atSubgraph(
  shop: MatrixShop,
  viewer: MatrixViewer,
  { subgraph }: Row,
  content: { query: string; variables?: object },
  read: Read,
): Promise<Outcome | null> {
  if (subgraph === 'node') return null
  const body = JSON.stringify(content)
  const response = await fetch(`${shop.urls[subgraph]}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...viewer.atSubgraph(shop.secrets.signingSecrets[subgraph], body),
    },
    body,
  })
  const { data, errors } = (await response.json()) as Pick<Parameters<typeof outcomeOf>[0], 'data' | 'errors'>
  return outcomeOf({ status: response.status, data, errors }, data ? read(data) : null)
}
