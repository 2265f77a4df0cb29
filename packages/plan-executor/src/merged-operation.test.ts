import { parse } from 'graphql'
import { expect, test } from 'vitest'
import { mergedOperation, withoutName } from './merged-operation.ts'

const users =
  'query Q__users__1($representations:[_Any!]!,$size:Int=3){_entities(representations:$representations){...on User{name ...Avatar}}}fragment Avatar on User{avatar(size:$size)}'
const products =
  'query Q__users__2($representations:[_Any!]!,$size:Int=3){_entities(representations:$representations){...on Product{owner{...Avatar}}}}fragment Avatar on User{avatar(size:$size) id}'

test('each operation has entities, representations and fragments of its own, and shares the variables of the client', () => {
  const merged = mergedOperation(
    new Map([
      [0, withoutName(users)],
      [3, withoutName(products)],
    ]),
  )
  expect(() => parse(merged)).not.toThrow()
  expect(merged).toBe(
    'query($representations_0:[_Any!]!$size:Int=3$representations_3:[_Any!]!){' +
      '_entities_0:_entities(representations:$representations_0){...on User{name ...Avatar_0}}' +
      '_entities_3:_entities(representations:$representations_3){...on Product{owner{...Avatar_3}}}}' +
      'fragment Avatar_0 on User{avatar(size:$size)}fragment Avatar_3 on User{avatar(size:$size)id}',
  )
})

test('operations that differ in their names alone are the same without them', () => {
  expect(withoutName('query A__1 { a }')).toBe('{a}')
  expect(withoutName('query A__1($b:Int){a(b:$b)}')).toBe(withoutName('query B__7($b: Int) { a(b: $b) }'))
})
