/** A node of the demo shop's category tree. `code` begins the SKUs of a leaf's products. */
export interface CategoryNode {
  readonly key: string
  readonly name: string
  readonly code?: string
  readonly children?: readonly CategoryNode[]
}

const leaf = (key: string, name: string, code: string): CategoryNode => ({ key, name, code })

export const CATEGORY_TREE: readonly CategoryNode[] = [
  {
    key: 'kitchen',
    name: 'Kitchen & Dining',
    children: [
      leaf('baking-tins', 'Baking Tins', 'BKT'),
      leaf('baking-tools', 'Baking Tools', 'BKL'),
      leaf('pans', 'Pots & Pans', 'PAN'),
      leaf('knives-and-boards', 'Knives & Boards', 'KNB'),
      leaf('tableware', 'Tableware', 'TBW'),
      leaf('coffee-and-tea-making', 'Coffee & Tea Making', 'CTM'),
    ],
  },
  {
    key: 'food-and-drink',
    name: 'Food & Drink',
    children: [
      leaf('coffee', 'Coffee', 'COF'),
      leaf('tea', 'Tea', 'TEA'),
      leaf('baking-ingredients', 'Baking Ingredients', 'BKI'),
      leaf('oils-and-spices', 'Oils & Spices', 'OSP'),
    ],
  },
  {
    key: 'outdoors',
    name: 'Outdoors',
    children: [
      {
        key: 'camping',
        name: 'Camping',
        children: [
          leaf('tents', 'Tents', 'TNT'),
          leaf('sleeping', 'Sleeping Bags & Mats', 'SLP'),
          leaf('camp-kitchen', 'Camp Kitchen', 'CPK'),
        ],
      },
      leaf('rucksacks', 'Rucksacks', 'RCK'),
      leaf('torches-and-lanterns', 'Torches & Lanterns', 'TRL'),
    ],
  },
  {
    key: 'sport',
    name: 'Sport',
    children: [
      {
        key: 'running',
        name: 'Running',
        children: [
          leaf('running-shoes', 'Running Shoes', 'RSH'),
          leaf('running-clothing', 'Running Clothing', 'RCL'),
          leaf('running-nutrition', 'Nutrition & Hydration', 'RNH'),
        ],
      },
      {
        key: 'cycling',
        name: 'Cycling',
        children: [
          leaf('cycle-clothing', 'Helmets & Cycle Clothing', 'CYC'),
          leaf('lights-and-locks', 'Lights & Locks', 'LNL'),
          leaf('cycle-tools', 'Cycle Tools & Spares', 'CYT'),
        ],
      },
    ],
  },
  {
    key: 'garden',
    name: 'Garden',
    children: [
      leaf('hand-tools', 'Hand Tools', 'GHT'),
      leaf('seeds-and-bulbs', 'Seeds & Bulbs', 'SDB'),
      leaf('pots-and-planters', 'Pots & Planters', 'PTP'),
      leaf('watering', 'Watering', 'WTR'),
    ],
  },
  {
    key: 'baby-and-toddler',
    name: 'Baby & Toddler',
    children: [
      leaf('changing', 'Nappies & Changing', 'NAP'),
      leaf('feeding', 'Feeding', 'FEE'),
      leaf('wooden-toys', 'Wooden Toys', 'WDT'),
      leaf('books-and-puzzles', 'Books & Puzzles', 'BKP'),
    ],
  },
  {
    key: 'home-office',
    name: 'Home Office',
    children: [
      leaf('desks-and-chairs', 'Desks & Chairs', 'DCH'),
      leaf('desk-lighting', 'Desk Lighting', 'DLT'),
      leaf('notebooks-and-pens', 'Notebooks & Pens', 'NTP'),
      leaf('desk-tech', 'Desk Tech', 'DTC'),
    ],
  },
  {
    key: 'pets',
    name: 'Pets',
    children: [
      leaf('cat-food', 'Cat Food & Litter', 'CTF'),
      leaf('cat-play', 'Cat Beds & Toys', 'CTP'),
      leaf('dog-food', 'Dog Food & Treats', 'DGF'),
      leaf('dog-walking', 'Dog Walking & Beds', 'DGW'),
    ],
  },
]
