import { expect, test } from 'vitest'
import { JsonValues } from './json-values.ts'

function countOf(text: string, pieceLength = text.length): number {
  const bytes = Buffer.from(text)
  const values = new JsonValues()
  for (let at = 0; at < bytes.length; at += pieceLength) values.add(bytes.subarray(at, at + pieceLength))
  return values.count
}

test.each([
  ['1', 1],
  ['[1,2,3]', 4],
  ['{"a":[{},{}],"b":null}', 7],
  ['"[{,"', 1],
  [String.raw`["\"[,", "\\", ","]`, 4],
  ['[["ü,"],"[日,"]', 4],
])('%s holds at most %d values, in pieces of any length', (text, count) => {
  for (let length = 1; length <= text.length; length += 1) expect(countOf(text, length)).toBe(count)
})
