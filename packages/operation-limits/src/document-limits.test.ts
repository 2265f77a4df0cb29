import { buildSchema, getIntrospectionQuery, parse, specifiedRules, validate } from 'graphql'
import { expect, test } from 'vitest'
import { documentLimits } from './document-limits.ts'

const schema = buildSchema('type Query { a(x: Int): Query b: String }')
const times = (count: number, text: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => text(at)).join(' ')
const nested = (levels: number) => `${'{ a '.repeat(levels - 1)}{ b }${' }'.repeat(levels - 1)}`
const chainOfFragments = (most: number) =>
  times(most, (at) => `fragment F${at} on Query { ...F${at + 1} ...F${at + 1} }`)

/** As Apollo Server validates: the standard rules stand first. */
const findings = (source: string) =>
  validate(schema, parse(source), [...specifiedRules, documentLimits]).map(({ message }) => message)
const beyond = (what: string) => [`The document has ${what} are allowed.`]

test.each([
  ['levels', nested(12), nested(13), '13 levels of fields; at most 12'],
  [
    'levels in fragments',
    `{ a { ...F } } fragment F on Query ${nested(11)}`,
    `{ a { ... { ...F } } } fragment F on Query { a { ...G } } fragment G on Query ${nested(11)}`,
    '13 levels of fields; at most 12',
  ],
  ['root fields', `{ ${times(20, () => 'b')} }`, `{ ${times(21, () => 'b')} }`, '21 fields at the root; at most 20'],
  [
    'root fields in fragments',
    `{ ${times(4, () => '...F')} } fragment F on Query { b b b b b }`,
    `{ ${times(4, () => '...F')} b } fragment F on Query { b b b b b }`,
    '21 fields at the root; at most 20',
  ],
  [
    'fields',
    `{ a { ${times(24, () => '...F')} } } fragment F on Query { ${times(20, () => 'b')} }`,
    `{ a { ${times(25, () => '...F')} } } fragment F on Query { ${times(20, () => 'b')} }`,
    '501 fields, with its fragments spread; at most 500',
  ],
  [
    'aliases',
    `{ a { ${times(50, (at) => `x${at}: b`)} } }`,
    `{ a { ${times(51, (at) => `x${at}: b`)} } }`,
    '51 aliases; at most 50',
  ],
  [
    'directives',
    `query ($v: Boolean!) { a { ${times(50, () => 'b @skip(if: $v)')} } }`,
    `query ($v: Boolean!) { a { ${times(51, () => 'b @skip(if: $v)')} } }`,
    '51 directives; at most 50',
  ],
  [
    'fragments',
    `{ ...F0 } ${times(99, (at) => `fragment F${at} on Query { ...F${at + 1} }`)} fragment F99 on Query { b }`,
    `{ ...F0 } ${times(100, (at) => `fragment F${at} on Query { ...F${at + 1} }`)} fragment F100 on Query { b }`,
    '101 fragments; at most 100',
  ],
  [
    'levels of introspection',
    `{ __type(name: "Query") { ${'ofType { '.repeat(15)} name ${'} '.repeat(15)} } }`,
    `{ __type(name: "Query") { ${'ofType { '.repeat(16)} name ${'} '.repeat(16)} } }`,
    '17 levels of introspection; at most 16',
  ],
])('%s: up to the limit, and one more', (_, within, over, finding) => {
  expect(findings(within)).toEqual([])
  expect(findings(over)).toEqual(beyond(finding))
})

test('directives in one place, on each kind of place', () => {
  const five = '@a @a @a @a @a'
  for (const source of [
    `{ b ${five} }`,
    `query ${five} { b }`,
    `query ($v: Int ${five}) { b }`,
    `{ ... ${five} { b } }`,
    `{ ...F ${five} } fragment F on Query { b }`,
    `{ ...F } fragment F on Query ${five} { b }`,
  ])
    expect(findings(source)).toEqual(beyond('5 directives in one place; at most 4'))
})

test('what asks for all of a schema is within the limits', () => {
  expect(findings(getIntrospectionQuery({ inputValueDeprecation: true, oneOf: true, specifiedByUrl: true }))).toEqual(
    [],
  )
})

test('introspection that goes round is refused', () => {
  const round = '{ __schema { types { fields { type { fields { type { fields { type { name } } } } } } } } }'
  expect(findings(round)).toEqual(['Maximum introspection depth exceeded'])
})

test('fragments that go round are refused, wherever they begin, and no other rule follows them', () => {
  const round = ['The document has a fragment that is spread within itself.']
  expect(findings('{ ...F } fragment F on Query { a { ...F } }')).toEqual(round)
  expect(findings('{ b } fragment F on Query { ...G } fragment G on Query { nonsense ...F }')).toEqual(round)
})

test('a document beyond a limit is looked at by no other rule', () => {
  expect(findings(`{ ${times(21, () => 'nonsense')} }`)).toEqual(beyond('21 fields at the root; at most 20'))
})

test('fragments that double are counted, not followed', () => {
  expect(findings(`{ a { ...F0 } } ${chainOfFragments(60)} fragment F60 on Query { b }`)).toEqual(
    beyond(`${2 ** 60 + 1} fields, with its fragments spread; at most 500`),
  )
})

test('the larger of several operations counts, and fragments that nobody spreads count', () => {
  expect(findings(`query A { b } query B ${nested(13)}`)).toEqual(beyond('13 levels of fields; at most 12'))
  expect(findings(`{ b } fragment F on Query ${nested(13)}`)).toEqual(beyond('13 levels of fields; at most 12'))
})
