import type { Random } from '@cartograph/shop-data'
import { type Attacks, times } from './attack.ts'

const query = '"query":"{ __typename }"'
const depth = (random: Random) => random.pick([20, 1_000, 40_000])
export const randomBytes = (random: Random, length: number): Buffer =>
  Buffer.from(Array.from({ length }, () => random.between(0, 255)))

/** Bodies of requests that are JSON, or should be. */
export const bodies: Attacks = {
  'objects in variables without end': (random) => {
    const levels = depth(random)
    return `{${query},"variables":${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}}`
  },
  'lists in variables without end': (random) => {
    const levels = depth(random)
    return `{${query},"variables":{"a":${'['.repeat(levels)}${']'.repeat(levels)}}}`
  },
  'more variables than may be': (random) =>
    `{${query},"variables":{${times(random.between(5_000, 20_000), (at) => `"v${at}":1`, ',')}}}`,
  'a variable without end': (random) => `{${query},"variables":{"a":"${'x'.repeat(random.between(1_000, 250_000))}"}}`,
  'variables that are none': (random) => `{${query},"variables":${random.pick(['1', '"a"', '[1]', 'true', '[{}]'])}}`,
  'a variable of another type': (random) =>
    JSON.stringify({
      query: 'query ($first: Int!, $ids: [ID!]) { products(first: $first) { totalCount } nodes(ids: $ids) { id } }',
      variables: {
        first: random.pick(['1', 1.5, null, [1], {}, 1e300, -1]),
        ids: random.pick([null, 1, [null], [{}], 'a']),
      },
    }),
  'an operation of no name': (random) =>
    `{${query},"operationName":${random.pick(['"a"', '1', '{}', '[]', '"__proto__"'])}}`,
  'a query that is none': (random) => `{"query":${random.pick(['1', 'null', '[]', '{}', '""', '" "', 'true'])}}`,
  'names that all objects inherit': () => `{${query},"__proto__":{"a":1},"constructor":{"prototype":{"a":1}}}`,
  'variables of such names': () => `{${query},"variables":{"__proto__":{"a":1},"constructor":1,"toString":2}}`,
  'a stored operation': (random) =>
    `{"extensions":{"persistedQuery":{"version":${random.pick([1, 2])},"sha256Hash":"${'a'.repeat(random.pick([64, 10_000]))}"}}}`,
  'extensions that are none': (random) => `{${query},"extensions":${random.pick(['1', '"a"', '[1]'])}}`,
  'operations in one body': (random) => `[${times(random.between(1, 9_000), () => `{${query}}`, ',')}]`,
  'JSON that is cut off': (random) => `{${query},"variables":{"a":1`.slice(0, random.between(1, 40)),
  'JSON of another kind': (random) => random.pick(['1', 'null', '"a"', '[]', '{}', 'NaN', "{'query':1}", '{"query":}']),
  nothing: () => '',
  'bytes that are no UTF-8': (random) =>
    Buffer.concat([Buffer.from('{"query":"{ a'), Buffer.alloc(random.between(1, 100_000), 0xff), Buffer.from('"}')]),
  'half a character': () =>
    Buffer.concat([Buffer.from('{"query":"{ a '), Buffer.from([0xe2, 0x82]), Buffer.from(' }"}')]),
  'halves of surrogate pairs': () => '{"query":"{ node(id: \\"\\ud800\\udfff\\udc00\\") { id } }"}',
  'any bytes': (random) => randomBytes(random, random.between(1, 2_000)),
  'two megabytes': () => Buffer.alloc(2_000_000, 'x'),
}
