/** Words that say how a sentence is built and nothing of what is sold. */
const stopWords = new Set(
  'an and are as at be but by for from has have in into is it its no not of off on or our out over so that the their then these this to under up was were will with without you your'.split(
    ' ',
  ),
)

/**
 * The words by which the title of one product is compared with that of another, each once, in the order of the title:
 * runs of two or more letters and digits of any script, in lower case, without the s of a plural and without stop words.
 */
export function titleWords(title: string): string[] {
  const words = title
    .normalize('NFKC')
    .toLowerCase()
    // "Father's" is a father, and not a father and an s.
    .replaceAll(/(?<=\p{L})['’]s?(?!\p{L})|(?<=\p{L})['’](?=\p{L})/gu, '')
  return [
    ...new Set((words.match(/[\p{L}\p{M}\p{N}]{2,}/gu) ?? []).filter((word) => !stopWords.has(word)).map(singular)),
  ]
}

/** Without the s of a plural, which "glass", "is" and "gas" do not have. */
const singular = (word: string) => (/^.{2,}[^s]s$/u.test(word) ? word.slice(0, -1) : word)
