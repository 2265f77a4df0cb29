import type { IncomingMessage, ServerResponse } from 'node:http'

/** What a request to a subgraph says. */
export interface Asked {
  readonly query: string
  readonly variables: { readonly representations?: readonly { readonly id: string }[] }
}

/** Answers a request of which the body has come whole, or does not. */
export type Answering = (asked: Asked, request: IncomingMessage, response: ServerResponse) => void

export const sendJson = (response: ServerResponse, value: unknown): void =>
  void response.setHeader('content-type', 'application/json').end(JSON.stringify(value))

/** `root`, or what `entity` says of each entity that is asked for. */
const answer = ({ variables }: Asked, root: object, entity: (id: string) => object) => ({
  data: variables.representations ? { _entities: variables.representations.map(({ id }) => entity(id)) } : root,
})

const item = (id: string) => ({ __typename: 'Item', id, name: `item ${id}` })

export const itemsAnswer: Answering = (asked, _, response) =>
  sendJson(
    response,
    answer(
      asked,
      asked.query.startsWith('mutation') ? { rename: item('1') } : { items: ['1', '2', '3'].map(item) },
      item,
    ),
  )

export const reviewsAnswer: Answering = (asked, _, response) =>
  sendJson(
    response,
    answer(asked, { best: 'the first' }, (id) => ({ __typename: 'Item', rating: Number(id) + 2 })),
  )

/** What is known of an item in stock. */
export const stocked = (id: string) => ({
  __typename: 'Item',
  count: Number(id),
  weight: 0.5,
  isSold: false,
  label: `label ${id}`,
  code: id,
  state: 'IN',
  states: ['IN', 'OUT'],
  size: { width: 1, height: 2.5 },
  holder: { __typename: 'Shelf', name: 'a shelf', row: 7 },
  anything: { a: [1] },
})

export const stockAnswer: Answering = (asked, _, response) => sendJson(response, answer(asked, {}, stocked))
