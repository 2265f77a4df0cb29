import { expect, test } from 'vitest'
import { CATEGORY_RULES, OCCASION_RULES } from './category-rules.ts'
import { deriveCategories, retailCategories } from './derive-categories.ts'

test.each([
  ['Lunch Bag Red Retrospot', ['lunch']],
  ['Jumbo Bag Pink Polkadot', ['bags']],
  ['White Hanging Heart T-Light Holder', ['candle-holders']],
  ['Set of 6 T-Lights Santa', ['candles', 'christmas']],
  ['Letter "A" Bling Key Ring', ['key-rings-and-charms']],
  ['Home Sweet Home Metal Sign', ['signs-and-wall-art']],
  ['Cream Felt Easter Egg Basket', ['kitchen-storage', 'easter']],
  ['Next Day Carriage', ['other']],
])('%s', (title, keys) => {
  expect(deriveCategories(title).map(({ key }) => key)).toEqual(keys)
})

test('every rule names a leaf of the tree', () => {
  const slugs = new Set(retailCategories().map(({ slug }) => slug))
  for (const [leaf] of [...CATEGORY_RULES, ...OCCASION_RULES]) expect(slugs).toContain(`wholesale-${leaf}`)
})
