/** People who buy alike: where they browse, what they buy together, and what they keep running out of. */
export interface TasteGroup {
  readonly key: string
  /** Leaves of CATEGORY_TREE, best loved first. */
  readonly categories: readonly string[]
  /** Keys of product types that go together; products of equal standing within their types form a bundle. */
  readonly bundles: readonly (readonly string[])[]
  /** Keys of product types that are bought again and again. */
  readonly staples: readonly string[]
}

export const TASTE_GROUPS: readonly TasteGroup[] = [
  {
    key: 'camper',
    categories: ['camp-kitchen', 'tents', 'sleeping', 'torches-and-lanterns', 'rucksacks'],
    bundles: [
      ['two-person-tent', 'sleeping-mat', 'sleeping-bag'],
      ['camping-stove', 'gas-cartridge', 'camp-cookset'],
      ['family-tent', 'camp-lantern'],
      ['trekking-rucksack', 'head-torch'],
    ],
    staples: ['gas-cartridge'],
  },
  {
    key: 'home-baker',
    categories: ['baking-tools', 'baking-ingredients', 'baking-tins', 'tea', 'tableware'],
    bundles: [
      ['loaf-tin', 'bread-flour', 'proving-basket'],
      ['cake-tin', 'vanilla-extract', 'spatula'],
      ['muffin-tray', 'baking-chocolate'],
    ],
    staples: ['bread-flour', 'vanilla-extract', 'baking-chocolate', 'breakfast-tea'],
  },
  {
    key: 'cook',
    categories: ['pans', 'oils-and-spices', 'knives-and-boards', 'tableware', 'baking-tools'],
    bundles: [
      ['chefs-knife', 'chopping-board'],
      ['cast-iron-pan', 'spice-blend'],
      ['dinner-plate', 'pasta-bowl'],
      ['saucepan', 'olive-oil'],
    ],
    staples: ['olive-oil', 'spice-blend'],
  },
  {
    key: 'coffee-lover',
    categories: ['coffee', 'coffee-and-tea-making', 'tea', 'notebooks-and-pens'],
    bundles: [
      ['coffee-grinder', 'coffee-beans', 'cafetiere'],
      ['teapot', 'herbal-tea'],
    ],
    staples: ['coffee-beans', 'espresso-beans', 'decaf-coffee', 'herbal-tea'],
  },
  {
    key: 'runner',
    categories: ['running-clothing', 'running-nutrition', 'running-shoes', 'torches-and-lanterns'],
    bundles: [
      ['road-shoes', 'running-socks'],
      ['trail-shoes', 'electrolyte-tablets'],
      ['running-shorts', 'energy-gel', 'running-jacket'],
    ],
    staples: ['energy-gel', 'electrolyte-tablets'],
  },
  {
    key: 'cyclist',
    categories: ['cycle-tools', 'lights-and-locks', 'cycle-clothing', 'running-nutrition'],
    bundles: [
      ['inner-tube', 'tyre-levers', 'track-pump'],
      ['cycle-helmet', 'cycle-gloves'],
      ['bike-light-set', 'bike-lock'],
    ],
    staples: ['inner-tube', 'energy-gel'],
  },
  {
    key: 'gardener',
    categories: ['seeds-and-bulbs', 'hand-tools', 'pots-and-planters', 'watering'],
    bundles: [
      ['terracotta-pot', 'potting-compost', 'spring-bulbs'],
      ['hand-trowel', 'garden-gloves'],
      ['vegetable-seeds', 'watering-can'],
    ],
    staples: ['potting-compost', 'vegetable-seeds', 'flower-seeds'],
  },
  {
    key: 'toddler-parent',
    categories: ['changing', 'feeding', 'wooden-toys', 'books-and-puzzles'],
    bundles: [
      ['nappies', 'baby-wipes'],
      ['weaning-bowl', 'toddler-bib'],
      ['board-book', 'first-puzzle'],
      ['stacking-blocks', 'wooden-train'],
    ],
    staples: ['nappies', 'baby-wipes'],
  },
  {
    key: 'home-worker',
    categories: ['notebooks-and-pens', 'desk-tech', 'desk-lighting', 'desks-and-chairs', 'coffee'],
    bundles: [
      ['standing-desk', 'office-chair', 'desk-mat'],
      ['laptop-stand', 'usb-hub'],
      ['notebook', 'gel-pens'],
      ['desk-lamp', 'monitor-light'],
    ],
    staples: ['notebook', 'gel-pens', 'espresso-beans'],
  },
  {
    key: 'cat-owner',
    categories: ['cat-food', 'cat-play', 'tea', 'books-and-puzzles'],
    bundles: [
      ['dry-cat-food', 'cat-litter'],
      ['cat-bed', 'scratching-post'],
    ],
    staples: ['dry-cat-food', 'wet-cat-food', 'cat-litter'],
  },
  {
    key: 'dog-owner',
    categories: ['dog-food', 'dog-walking', 'rucksacks', 'torches-and-lanterns'],
    bundles: [
      ['dog-lead', 'dog-harness'],
      ['dog-treats', 'waste-bags'],
    ],
    staples: ['dry-dog-food', 'dog-treats', 'waste-bags'],
  },
]
