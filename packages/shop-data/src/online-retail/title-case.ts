import { LARGE_WORDS, SMALL_WORDS, SPELT_OUT } from './title-words.ts'

const WORD_PARTS = /([\s/\-+&(),"]+)/
const MEASURE = /^(?:\d[\d.]*(?:cm|mm|m|g|kg|ml|l|pc|pcs)?x?)+$/
const LETTER = /\p{L}/u
const FIRST_LETTER = /^[^\p{L}\d]*\p{L}/u

/**
 * A title for a name in the capitals of the wholesaler's catalogue: words capitalised, measures small, sets and packs
 * spelt out, spaces and commas tidied. Never empty for a name that is not blank.
 */
export function titleCase(name: string): string {
  const tidy = name
    .toLowerCase()
    .replace(/\bs(?:et)?\/(\d+)/g, 'set of $1 ')
    .replace(/\bpack\/(\d+)/g, 'pack of $1 ')
    .replace(/\bw\//g, 'with ')
    .replace(/\s*,\s*/g, ', ')
    .replace(/\s+/g, ' ')
    .replace(/[\s,]+$/, '')
    .trim()
  const parts = tidy.split(WORD_PARTS)
  const first = parts.findIndex((part) => LETTER.test(part))
  // Words have even places, what stands between them odd ones.
  const titled = parts.map((part, at) => (at % 2 === 0 ? titleWord(part, at === first, parts[at - 1] ?? '') : part))
  const title = titled.join('')
  return title === '' ? name.trim() : title
}

function titleWord(word: string, first: boolean, before: string): string {
  // A letter in quotes is the letter itself, as on an initial.
  if (word.length === 1 && before.endsWith('"')) return word.toUpperCase()
  const spelt = SPELT_OUT.get(word)
  if (spelt !== undefined) return first ? capitalised(spelt) : spelt
  if (LARGE_WORDS.has(word)) return word.toUpperCase()
  if (MEASURE.test(word) || (SMALL_WORDS.has(word) && !first)) return word
  return capitalised(word)
}

/** Capitalises a letter at the start alone: what follows an apostrophe or a figure stays small. */
function capitalised(word: string): string {
  return word.replace(FIRST_LETTER, (start) => start.toUpperCase())
}
