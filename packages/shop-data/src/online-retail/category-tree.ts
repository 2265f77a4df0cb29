/** The categories the wholesaler's catalogue is sorted into: roots with their leaves, [key, name]. */
export const RETAIL_CATEGORY_TREE: readonly {
  readonly key: string
  readonly name: string
  readonly leaves: readonly (readonly [key: string, name: string])[]
}[] = [
  {
    key: 'kitchen-and-dining',
    name: 'Kitchen & Dining',
    leaves: [
      ['baking', 'Baking'],
      ['cake-stands', 'Cake Stands & Plates'],
      ['mugs-and-teaware', 'Mugs & Teaware'],
      ['bowls-and-tableware', 'Bowls & Tableware'],
      ['glass-and-jugs', 'Glasses, Jugs & Bottles'],
      ['table-linen', 'Napkins, Mats & Coasters'],
      ['kitchen-storage', 'Tins, Jars & Kitchen Storage'],
      ['cooking', 'Cookware & Kitchen Tools'],
      ['aprons-and-tea-towels', 'Aprons & Tea Towels'],
    ],
  },
  {
    key: 'candles-and-light',
    name: 'Candles & Light',
    leaves: [
      ['candle-holders', 'Candle & T-Light Holders'],
      ['candles', 'Candles'],
      ['incense-and-scent', 'Incense & Scent'],
      ['lamps-and-lights', 'Lamps & Fairy Lights'],
    ],
  },
  {
    key: 'home-decor',
    name: 'Home Décor',
    leaves: [
      ['signs-and-wall-art', 'Signs & Wall Art'],
      ['clocks', 'Clocks'],
      ['mirrors', 'Mirrors'],
      ['frames', 'Photo Frames & Albums'],
      ['cushions-and-textiles', 'Cushions & Textiles'],
      ['ornaments', 'Ornaments & Hanging Decorations'],
      ['vases-and-flowers', 'Vases & Artificial Flowers'],
      ['doors-and-floors', 'Doormats & Doorstops'],
    ],
  },
  {
    key: 'storage-and-furniture',
    name: 'Storage & Furniture',
    leaves: [
      ['boxes-and-baskets', 'Boxes & Baskets'],
      ['furniture', 'Cabinets & Furniture'],
      ['hooks-and-hangers', 'Hooks, Knobs & Hangers'],
    ],
  },
  {
    key: 'bags-and-travel',
    name: 'Bags & Travel',
    leaves: [
      ['lunch', 'Lunch Bags & Boxes'],
      ['bags', 'Bags & Shoppers'],
      ['purses-and-travel', 'Purses & Travel Accessories'],
      ['umbrellas', 'Umbrellas & Rainwear'],
    ],
  },
  {
    key: 'jewellery-and-accessories',
    name: 'Jewellery & Accessories',
    leaves: [
      ['necklaces', 'Necklaces'],
      ['bracelets-and-rings', 'Bracelets, Rings & Brooches'],
      ['earrings', 'Earrings'],
      ['hair-and-fashion', 'Hair & Fashion Accessories'],
      ['key-rings-and-charms', 'Key Rings & Charms'],
    ],
  },
  {
    key: 'stationery-and-wrap',
    name: 'Stationery & Wrap',
    leaves: [
      ['cards', 'Greeting Cards'],
      ['wrap-and-ribbon', 'Gift Wrap, Bags & Ribbon'],
      ['notebooks-and-office', 'Notebooks & Office'],
      ['pens-and-pencils', 'Pens & Pencils'],
      ['stickers-and-stamps', 'Stickers, Stamps & Magnets'],
    ],
  },
  {
    key: 'party',
    name: 'Party',
    leaves: [
      ['bunting-and-garlands', 'Bunting & Garlands'],
      ['party-tableware', 'Party Tableware'],
      ['party-fun', 'Balloons & Party Fun'],
    ],
  },
  {
    key: 'toys-and-craft',
    name: 'Toys & Craft',
    leaves: [
      ['toys-and-games', 'Toys & Games'],
      ['nursery', 'Nursery & Children'],
      ['craft-and-sewing', 'Craft & Sewing'],
    ],
  },
  {
    key: 'garden-and-outdoors',
    name: 'Garden & Outdoors',
    leaves: [
      ['garden', 'Garden'],
      ['picnic-and-seaside', 'Picnic & Seaside'],
    ],
  },
  {
    key: 'bath-and-wellbeing',
    name: 'Bath & Wellbeing',
    leaves: [
      ['bathroom', 'Bathroom & Soap'],
      ['comfort', 'Hot Water Bottles & Comfort'],
    ],
  },
  {
    key: 'seasonal',
    name: 'Seasonal',
    leaves: [
      ['christmas', 'Christmas'],
      ['easter', 'Easter'],
    ],
  },
  { key: 'other', name: 'Other', leaves: [] },
]
