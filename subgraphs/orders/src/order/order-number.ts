import { randomInt } from 'node:crypto'

/** Digits and capitals without those that are taken for another (I, L, O, U): Crockford's base 32. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** A new number such as `CG-7K2M-9QXD`: one of a million million, so that neither sales nor strangers' orders are guessed. */
export function newOrderNumber(): string {
  const part = () => Array.from({ length: 4 }, () => alphabet[randomInt(alphabet.length)]).join('')
  return `CG-${part()}-${part()}`
}
