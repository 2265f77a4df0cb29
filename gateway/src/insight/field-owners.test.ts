import { expect, test } from 'vitest'
import { committedSupergraph } from '../supergraph/supergraph-source.ts'
import { FieldOwners } from './field-owners.ts'

const owners = new FieldOwners(committedSupergraph())

test('a field has the subgraph as its owner that answers it', () => {
  expect(owners.of('Query', 'products')).toEqual(['products'])
  expect(owners.of('Product', 'title')).toEqual(['products'])
  expect(owners.of('Product', 'inStock')).toEqual(['inventory'])
  expect(owners.of('Cart', 'suggestions')).toEqual(['recommendations'])
})

test('one that requires another subgraph’s field does not own that', () => {
  expect(owners.of('Product', 'variants')).toEqual(['products'])
  expect(owners.of('CartLine', 'variant')).toEqual(['carts'])
})

test('a key, and a field of a value type, belong to all that have them, and not to those that merely refer to them', () => {
  expect(owners.of('Address', 'id')).toEqual(['users'])
  expect(owners.of('Product', 'id')).toEqual(['inventory', 'orders', 'products', 'recommendations'])
  expect(owners.of('ProductEdge', 'cursor')).toEqual(['products'])
})

test('what is no field of the supergraph has no owner', () => {
  expect(owners.of('Product', 'nothing')).toEqual([])
})

test('a field that was overridden, and one that an interface object adds', () => {
  const composed = new FieldOwners(`
    enum join__Graph { A @join__graph(name: "a-b", url: "") C @join__graph(name: "c", url: "") }
    interface Media @join__type(graph: A, key: "id") @join__type(graph: C, key: "id", isInterfaceObject: true) {
      id: ID!
      title: String @join__field(graph: A)
      rating: Int @join__field(graph: C)
    }
    type Book implements Media @join__type(graph: A, key: "id") @join__type(graph: C, key: "id") {
      id: ID!
      title: String @join__field(graph: A, override: "c") @join__field(graph: C, usedOverridden: true)
      rating: Int @join__field
    }
  `)
  const ofBook = ['id', 'title', 'rating'].map((field) => composed.of('Book', field))
  expect(ofBook).toEqual([['a-b', 'c'], ['a-b'], ['c']])
  expect(composed.of('Media', 'rating')).toEqual(['c'])
})
