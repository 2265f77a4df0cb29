import { describe, expect, test } from 'vitest'
import { textTable } from '../../src/mail/text-table.ts'

const left = { align: 'left' } as const
const right = { align: 'right' } as const

describe('textTable', () => {
  test('is as wide as its widest cells, and has no spaces at the ends of lines', () => {
    expect(
      textTable(
        [left, right],
        [
          ['a', '1'],
          ['bcd', '100'],
          ['', ''],
        ],
      ),
    ).toEqual(['a      1', 'bcd  100', ''])
    expect(
      textTable(
        [right, left],
        [
          ['1', 'a'],
          ['100', 'bcd'],
        ],
      ),
    ).toEqual(['  1  a', '100  bcd'])
    expect(textTable([left], [])).toEqual([])
  })

  test('breaks a long cell between words, and a long word anywhere', () => {
    const columns = [right, { align: 'left', maxWidth: 6 }, right] as const
    expect(textTable(columns, [['1', 'red and abcdefghij', '9']])).toEqual([
      '1  red     9',
      '   and',
      '   abcdef',
      '   ghij',
    ])
  })

  test('counts what is read as one letter as one, and makes one line of a cell', () => {
    expect(
      textTable(
        [left, right],
        [
          ['e\u0301té', '1'],
          ['a\r\n\tb', '2'],
        ],
      ),
    ).toEqual(['e\u0301té  1', 'a b  2'])
  })
})
