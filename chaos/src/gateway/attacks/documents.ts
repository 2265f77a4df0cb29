import type { Random } from '@cartograph/shop-data'
import { type Attacks, times } from './attack.ts'

const node = (text: string) => `{ products(first: 1) { edges { node { ${text} } } } }`
const depth = (random: Random) => random.pick([10, 100, 1_000, 10_000, 100_000])
const nested = (open: string, random: Random, close: string, levels = depth(random)) =>
  `${open.repeat(levels)}${random.pick(['a', '', '1'])}${close.repeat(random.pick([levels, levels - 1, 0]))}`
const fragments = (count: number, text: (at: number) => string) =>
  times(count, (at) => `fragment F${at} on Product { ${text(at)} }`)

/** Documents that are too much of something: sent as the query of a request. */
export const documents: Attacks = {
  'a million tokens': () => `{ ${'a '.repeat(1_000_000)}}`,
  'tokens up to the limit of a body': (random) => `{ ${'a '.repeat(random.between(1_000, 120_000))}}`,
  'as many tokens as are parsed': (random) => `{ ${times(random.between(900, 1_990), (at) => `u${at}`)} }`,
  aliases: (random) => node(times(random.pick([60, 1_000, 5_000]), (at) => `a${at}: id`)),
  'one field again and again': (random) => node(times(random.between(400, 3_000), () => 'id')),
  'braces without end': (random) => nested('{', random, '}'),
  'fields without end': (random) => `{${nested('a{', random, '}')}}`,
  'inline fragments without end': (random) => `{${nested('...{', random, '}')}}`,
  'parentheses without end': (random) => `{ a${nested('(b:', random, ')')} }`,
  'lists without end': (random) => `{ products(ids: ${nested('[', random, ']')}) { totalCount } }`,
  'objects without end': (random) => `{ products(filter: ${nested('{a:', random, '}')}) { totalCount } }`,
  'types without end': (random) => `query ($a: ${nested('[', random, ']')}) { __typename }`,
  'directives without end': (random) => `{ __typename ${times(random.between(5, 1_900), () => '@skip(if: false)')} }`,
  'unknown directives': (random) => `{ __typename ${times(random.between(5, 1_900), (at) => `@a${at}`)} }`,
  'a fragment within itself': () => `${node('...F0')} ${fragments(1, () => 'id ...F0')}`,
  'fragments in a circle': (random) => {
    const count = random.between(2, 120)
    return `${node('...F0')} ${fragments(count, (at) => `id ...F${(at + 1) % count}`)}`
  },
  'fragments that double': (random) => {
    const count = random.between(5, 300)
    return `${node('...F0')} ${fragments(count, (at) => (at < count - 1 ? `...F${at + 1} ...F${at + 1}` : 'id'))}`
  },
  'fragments that overlap': (random) =>
    `${node(times(random.between(50, 100), (at) => `...F${at}`))} ${fragments(100, () => 'id variants { id sku }')}`,
  'fragments that nobody uses': (random) => `{ __typename } ${fragments(random.between(1, 300), () => 'id')}`,
  'operations without end': (random) => times(random.between(2, 780), (at) => `query Q${at} { __typename }`),
  'variables without end': (random) =>
    `query (${times(random.between(20, 900), (at) => `$v${at}: Int`)}) { __typename }`,
  'all that a schema has': () => '{ __schema { types { fields { type { fields { args { type { name } } } } } } } }',
  'types of types': (random) =>
    `{ __type(name: "Query") { ${'ofType { '.repeat(random.between(1, 40))}name${' }'.repeat(20)} }`,
  'a string without end': (random) => `{ node(id: "${'x'.repeat(random.pick([1_000, 250_000]))}") { id } }`,
  'a number without end': (random) => `{ products(first: ${'9'.repeat(random.pick([20, 10_000]))}) { totalCount } }`,
  'a block string that is not ended': (random) => `{ node(id: """${'\n  x'.repeat(random.between(1, 10_000))}`,
  'comments without end': (random) => `${'# a\n'.repeat(random.between(1, 60_000))}{ __typename }`,
  'commas without end': (random) => `{${','.repeat(random.between(1, 250_000))}__typename }`,
  'characters that are no GraphQL': (random) =>
    `{ ${times(random.between(1, 200), () => String.fromCodePoint(random.between(1, 0xd7ff)), '')} }`,
  'an escape that is none': (random) => `{ node(id: "\\u{${'f'.repeat(random.between(1, 100))}}") { id } }`,
  'a subscription': () => 'subscription { a }',
  'a schema': () => 'type Query { a: Int } extend type Product { b: Int }',
  'lists of lists, as long as may be': (random) =>
    `{ products(first: ${random.between(1, 100)}) { edges { node { similar(first: 100) { edges { node { title } } } } } } }`,
  'names that come close': (random) => node(times(random.between(1, 900), (at) => `titl${at % 7}`)),
  'what all objects inherit': () => '{ __proto__ constructor hasOwnProperty toString { valueOf } }',
  'what is as large as may be': (random) =>
    `${node(times(random.between(20, 124), () => 'variants { sku product { id } }'))} # ${random.next()}`,
  'services in turn': (random) =>
    node(
      times(
        random.between(1, 6),
        (at) =>
          `b${at}: boughtTogether(first: 1) { edges { node { inStock similar(first: 1) { edges { node { title inStock } } } } } }`,
      ),
    ).concat(` # ${random.next()}`),
}
