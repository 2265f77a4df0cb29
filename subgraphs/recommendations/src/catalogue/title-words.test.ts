import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { titleWords } from './title-words.ts'

describe('titleWords', () => {
  test.each([
    ['WHITE HANGING HEART T-LIGHT HOLDER', ['white', 'hanging', 'heart', 'light', 'holder']],
    ['Set of 6 Tea Towels, 50cm', ['set', 'tea', 'towel', '50cm']],
    ['The Glass and the Glasses', ['glass', 'glasse']],
    ['Gas & bus', ['gas', 'bus']],
    ["Father’s Day mug, ladies’ gloves, don't", ['father', 'day', 'mug', 'ladie', 'glove', 'dont']],
    ['Täschchen für Ärzte', ['täschchen', 'für', 'ärzte']],
    ['日本茶 茶', ['日本茶']],
    ['Mug mugs MUG', ['mug']],
    ['ﬁne ①②', ['fine', '12']],
    ['of the 1 !', []],
    ['', []],
  ])('of %j', (title, words) => expect(titleWords(title)).toEqual(words))

  test('are each named once, in lower case, and what they are whatever stands between them', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (title) => {
        const words = titleWords(title)
        expect(new Set(words).size).toBe(words.length)
        for (const word of words) expect(word).toBe(word.toLowerCase())
        expect(titleWords(`${title} ${title}`)).toEqual(words)
      }),
    )
  })
})
