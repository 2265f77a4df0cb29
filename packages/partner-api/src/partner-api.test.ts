import { readFileSync } from 'node:fs'
import { print } from 'graphql'
import { describe, expect, test } from 'vitest'
import { PartnerApi } from './partner-api.ts'
import { partnerDocument } from './partner-document.ts'

const supergraph = `
  schema @link(url: "https://specs.apollo.dev/cost/v0.1", import: ["@cost", "@listSize"]) { query: Query mutation: Mutation }
  type Query {
    things(first: Int! = 10): [Thing!] @tag(name: "partner") @listSize(slicingArguments: ["first"])
    orders: [Order!] @tag(name: "partner") @requiresScopes(scopes: [["orders:read"], ["orders:write"]])
    mine: Thing @tag(name: "partner") @authenticated
    staff: Audit
    anything: Node
  }
  type Mutation {
    send(input: Sending!): Sent @tag(name: "partner") @requiresScopes(scopes: [["orders:fulfill"]])
    change(input: Change!): Thing
  }
  interface Node { id: ID! }
  interface Problem { message: String! }
  type Thing implements Node { id: ID! name: String! stock: Int @requiresScopes(scopes: [["inventory:read"]]) }
  type Order implements Node { id: ID! owner: User total: Money! state: State! }
  type User implements Node @tag(name: "private") { id: ID! email: String! }
  type Audit implements Node { id: ID! }
  type Money { amount: String! }
  type Sent { problems: [Problem!]! }
  type TooLate implements Problem { message: String! since: String! }
  enum State { OPEN SENT }
  input Sending { lines: [SendingLine!]! }
  input SendingLine { id: ID! }
  input Change { name: String }
  scalar Unused
`

const view = (scopes: readonly string[] | null) => print(partnerDocument(supergraph, scopes)).replaceAll(/\s+/g, ' ')

describe('what a partner may use', () => {
  test('without scopes: what is tagged at the root and open to everybody, and what can be reached from there', () => {
    expect(view([])).toBe(
      'type Query { things(first: Int! = 10): [Thing!] } ' +
        'interface Node { id: ID! } type Thing implements Node { id: ID! name: String! }',
    )
  })

  test('with scopes: also what they open, but nothing private, and nothing that only leads to itself by an interface', () => {
    expect(view(['orders:write'])).toBe(
      'type Query { things(first: Int! = 10): [Thing!] orders: [Order!] } ' +
        'interface Node { id: ID! } type Thing implements Node { id: ID! name: String! } ' +
        'type Order implements Node { id: ID! total: Money! state: State! } type Money { amount: String! } enum State { OPEN SENT }',
    )
    expect(view(['orders:fulfill'])).toContain(
      'type Mutation { send(input: Sending!): Sent } interface Node { id: ID! } interface Problem { message: String! }',
    )
  })

  test('a mutation brings its input, and the objects of an interface that it gives', () => {
    const names = [...view(['orders:fulfill']).matchAll(/(?:type|interface|enum|input|scalar) (\w+)/g)].map(
      ([, name]) => name,
    )
    expect(new Set(names)).toEqual(
      new Set(['Query', 'Mutation', 'Node', 'Problem', 'Thing', 'Sent', 'TooLate', 'Sending', 'SendingLine']),
    )
  })

  test('a user alone may have what is authenticated; all scopes together have the rest', () => {
    expect(view(['orders:read', 'inventory:read'])).not.toContain('mine')
    expect(view(null)).toContain('stock: Int')
  })
})

describe('an operation', () => {
  const api = new PartnerApi(supergraph, { mostCost: 50 })

  test.each([
    ['fits', 'query A { things { id name } }', [], []],
    [
      'asks for an unknown field',
      'query A { things { id nam } }',
      [],
      ['Cannot query field "nam" on type "Thing". Did you mean "name"?'],
    ],
    [
      'asks for what is not for partners',
      'query A { staff { id } whatever: anything { id } }',
      ['orders:read'],
      [
        'Cannot query field "staff" on type "Query".',
        'Cannot query field "anything" on type "Query". Did you mean "things"?',
      ],
    ],
    [
      'lacks a scope',
      'query A { orders { id } }',
      ['inventory:read'],
      ['Cannot query field "orders" on type "Query".'],
    ],
    ['has it', 'query A { orders { id state } }', ['orders:read'], []],
    ['is not GraphQL', 'query A { things { ', [], ['Syntax Error: Expected Name, found <EOF>.']],
    [
      'goes round',
      'query A { things { ...F } } fragment F on Thing { ...F }',
      [],
      ['The document has a fragment that is spread within itself.'],
    ],
    [
      'costs too much',
      'query A { things(first: 51) { id } }',
      [],
      ['It costs 51, and no operation may cost more than 50.'],
    ],
    ['costs as much as it may', 'query A($n: Int! = 50) { things(first: $n) { id } }', [], []],
  ] as const)('%s', (_, body, scopes, problems) => {
    expect(api.problemsOf(body, scopes)).toEqual(problems)
  })

  test('is priced by the defaults of its variables', () => {
    expect(api.costOf('query A($n: Int = 7) { things(first: $n) { id } }')).toBe(7)
    expect(api.costOf('mutation A { send(input: { lines: [{ id: 1 }] }) { problems { message } } }')).toBe(23)
  })
})

test("of our own graph partners see no account, no session, no other partner, and nobody's permissions", () => {
  const sdl = readFileSync(new URL('../../../gateway/supergraph.graphql', import.meta.url), 'utf8')
  const all = partnerDocument(sdl, null)
  const names = all.definitions.flatMap((node) => ('name' in node && node.name ? [node.name.value] : []))
  expect(
    names.filter((name) =>
      /^(User|Session|Address|PersonalData|Partner|Manifest|SecurityEvent|Role)(?!Error)/.test(name),
    ),
  ).toEqual([])
  expect(names).toEqual(expect.arrayContaining(['Product', 'Order', 'StockLevel', 'Cart']))
})
