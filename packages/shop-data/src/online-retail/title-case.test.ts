import { expect, test } from 'vitest'
import { titleCase } from './title-case.ts'

test.each([
  ['WHITE HANGING HEART T-LIGHT HOLDER', 'White Hanging Heart T-Light Holder'],
  ["WRAP 50'S  CHRISTMAS", "Wrap 50's Christmas"],
  ["CHILDREN'S APRON DOLLY GIRL", "Children's Apron Dolly Girl"],
  ["POTTING SHED SOW 'N' GROW SET", "Potting Shed Sow 'n' Grow Set"],
  ['KEY FOB , FRONT  DOOR', 'Key Fob, Front Door'],
  ['DIAMANTE HEART SHAPED WALL MIRROR,', 'Diamante Heart Shaped Wall Mirror'],
  ['SET/4 BLUE FLOWER CANDLES IN BOWL', 'Set of 4 Blue Flower Candles in Bowl'],
  ['S/4 IVORY MINI ROSE CANDLE IN BOWL', 'Set of 4 Ivory Mini Rose Candle in Bowl'],
  ['LETTER "W" BLING KEY RING', 'Letter "W" Bling Key Ring'],
  ['POLYESTER FILLER PAD 65CMx65CM', 'Polyester Filler Pad 65cmx65cm'],
  ['PACK OF SIX LED TEA LIGHTS', 'Pack of Six LED Tea Lights'],
  ['RESIN BRACELET W PASTEL BEADS', 'Resin Bracelet with Pastel Beads'],
  ['THE KING GIFT BAG', 'The King Gift Bag'],
  [',', ','],
])('%s', (name, title) => {
  expect(titleCase(name)).toBe(title)
})
