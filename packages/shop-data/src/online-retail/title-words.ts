/** Words that stay small inside a title. */
export const SMALL_WORDS: ReadonlySet<string> = new Set(
  'a an and at by de des du en et for from in is la le of on or the to up with'.split(' '),
)

/** Words that stay large. */
export const LARGE_WORDS: ReadonlySet<string> = new Set(
  'abc hrh led mdf rac tv uk usa vip a4 a5 a6 a7 3d i ii ubo jk'.split(' '),
)

/** What the wholesaler's clerks abbreviated, by the word in lower case. */
export const SPELT_OUT: ReadonlyMap<string, string> = new Map([
  ['asstd', 'Assorted'],
  ['asst', 'Assorted'],
  ['ass', 'Assorted'],
  ["b'fly", 'Butterfly'],
  ["b'draw", 'Bottom Drawer'],
  ["p'weight", 'Paperweight'],
  ['neckl', 'Necklace'],
  ['neckl.', 'Necklace'],
  ['wht', 'White'],
  ['turq', 'Turquoise'],
  ['fuschia', 'Fuchsia'],
  ['w', 'with'],
  ["'n'", "'n'"],
  ['tradtional', 'Traditional'],
  ['cinammon', 'Cinnamon'],
])
