import { expect, test } from 'vitest'
import { numberNames } from './number-names.ts'

test('names are numbered by code points, each once', () => {
  // U+FF5E stands before U+1F600, whose first unit in a string is the lesser one.
  const { names, numberOf } = numberNames(['b', '\u{1f600}', 'a', '\uff5e', '10', '9', 'B', 'a'])
  expect(names).toEqual(['10', '9', 'B', 'a', 'b', '\uff5e', '\u{1f600}'])
  expect([...numberOf]).toEqual(names.map((name, number) => [name, number]))
})
