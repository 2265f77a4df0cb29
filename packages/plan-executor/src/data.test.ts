import { expect, test } from 'vitest'
import { copyOf, type Data, mergeInto, own } from './data.ts'

const data = (text: string) => JSON.parse(text) as Data
const merged = (target: string, source: string) => {
  const into = data(target)
  mergeInto(into, data(source))
  return JSON.stringify(into)
}

test('objects are merged as deep as both go, lists element by element, and what does not fit is replaced', () => {
  expect(merged('{"a":{"b":1}}', '{"a":{"c":2},"d":3}')).toBe('{"a":{"b":1,"c":2},"d":3}')
  expect(merged('{"a":[{"b":1},{"b":2}]}', '{"a":[{"c":3},{"c":4}]}')).toBe('{"a":[{"b":1,"c":3},{"b":2,"c":4}]}')
  expect(merged('{"a":[[{"b":1}]]}', '{"a":[[{"c":2}]]}')).toBe('{"a":[[{"b":1,"c":2}]]}')
  expect(merged('{"a":[1,2]}', '{"a":[3]}')).toBe('{"a":[3]}')
  expect(merged('{"a":{"b":1}}', '{"a":null}')).toBe('{"a":null}')
  expect(merged('{"a":null}', '{"a":{"b":1}}')).toBe('{"a":{"b":1}}')
  expect(merged('{"a":{"b":1}}', '{"a":[1]}')).toBe('{"a":[1]}')
})

test('what all objects inherit is neither read nor changed', () => {
  expect(own({}, 'constructor')).toBeUndefined()
  expect(own(data('{"constructor":1}'), 'constructor')).toBe(1)
  const into = data('{"a":1}')
  mergeInto(into, data('{"__proto__":{"polluted":true},"constructor":{"b":2}}'))
  expect(Object.getPrototypeOf(into)).toBe(Object.prototype)
  expect(({} as Data)['polluted']).toBeUndefined()
  expect(JSON.stringify(into)).toBe('{"a":1,"__proto__":{"polluted":true},"constructor":{"b":2}}')
})

test('a copy is the same and shares nothing', () => {
  const original = data('{"a":[{"b":[1,null]}],"__proto__":{"c":2}}')
  const copy = copyOf(original)
  expect(JSON.stringify(copy)).toBe(JSON.stringify(original))
  expect(copy['a']).not.toBe(original['a'])
  expect((copy['a'] as Data[])[0]).not.toBe((original['a'] as Data[])[0])
  expect(Object.getPrototypeOf(copy)).toBe(Object.prototype)
})
