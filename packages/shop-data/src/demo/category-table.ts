/** A node of the demo shop's category tree. `code` begins the SKUs of a leaf's products, which weigh about `grams`. */
export interface CategoryNode {
  readonly key: string
  readonly name: string
  readonly code?: string
  readonly grams?: number
  readonly children?: readonly CategoryNode[]
}

const leaf = (key: string, name: string, code: string, grams: number): CategoryNode => ({ key, name, code, grams })

export const CATEGORY_TREE: readonly CategoryNode[] = [
  {
    key: 'kitchen',
    name: 'Kitchen & Dining',
    children: [
      leaf('baking-tins', 'Baking Tins', 'BKT', 700),
      leaf('baking-tools', 'Baking Tools', 'BKL', 250),
      leaf('pans', 'Pots & Pans', 'PAN', 1_900),
      leaf('knives-and-boards', 'Knives & Boards', 'KNB', 900),
      leaf('tableware', 'Tableware', 'TBW', 1_100),
      leaf('coffee-and-tea-making', 'Coffee & Tea Making', 'CTM', 1_200),
    ],
  },
  {
    key: 'food-and-drink',
    name: 'Food & Drink',
    children: [
      leaf('coffee', 'Coffee', 'COF', 260),
      leaf('tea', 'Tea', 'TEA', 180),
      leaf('baking-ingredients', 'Baking Ingredients', 'BKI', 600),
      leaf('oils-and-spices', 'Oils & Spices', 'OSP', 350),
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
          leaf('tents', 'Tents', 'TNT', 3_600),
          leaf('sleeping', 'Sleeping Bags & Mats', 'SLP', 1_500),
          leaf('camp-kitchen', 'Camp Kitchen', 'CPK', 700),
        ],
      },
      leaf('rucksacks', 'Rucksacks', 'RCK', 1_300),
      leaf('torches-and-lanterns', 'Torches & Lanterns', 'TRL', 300),
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
          leaf('running-shoes', 'Running Shoes', 'RSH', 900),
          leaf('running-clothing', 'Running Clothing', 'RCL', 250),
          leaf('running-nutrition', 'Nutrition & Hydration', 'RNH', 120),
        ],
      },
      {
        key: 'cycling',
        name: 'Cycling',
        children: [
          leaf('cycle-clothing', 'Helmets & Cycle Clothing', 'CYC', 350),
          leaf('lights-and-locks', 'Lights & Locks', 'LNL', 500),
          leaf('cycle-tools', 'Cycle Tools & Spares', 'CYT', 450),
        ],
      },
    ],
  },
  {
    key: 'garden',
    name: 'Garden',
    children: [
      leaf('hand-tools', 'Hand Tools', 'GHT', 500),
      leaf('seeds-and-bulbs', 'Seeds & Bulbs', 'SDB', 40),
      leaf('pots-and-planters', 'Pots & Planters', 'PTP', 1_800),
      leaf('watering', 'Watering', 'WTR', 1_400),
    ],
  },
  {
    key: 'baby-and-toddler',
    name: 'Baby & Toddler',
    children: [
      leaf('changing', 'Nappies & Changing', 'NAP', 1_100),
      leaf('feeding', 'Feeding', 'FEE', 300),
      leaf('wooden-toys', 'Wooden Toys', 'WDT', 800),
      leaf('books-and-puzzles', 'Books & Puzzles', 'BKP', 500),
    ],
  },
  {
    key: 'home-office',
    name: 'Home Office',
    children: [
      leaf('desks-and-chairs', 'Desks & Chairs', 'DCH', 14_000),
      leaf('desk-lighting', 'Desk Lighting', 'DLT', 1_700),
      leaf('notebooks-and-pens', 'Notebooks & Pens', 'NTP', 350),
      leaf('desk-tech', 'Desk Tech', 'DTC', 600),
    ],
  },
  {
    key: 'pets',
    name: 'Pets',
    children: [
      leaf('cat-food', 'Cat Food & Litter', 'CTF', 400),
      leaf('cat-play', 'Cat Beds & Toys', 'CTP', 900),
      leaf('dog-food', 'Dog Food & Treats', 'DGF', 300),
      leaf('dog-walking', 'Dog Walking & Beds', 'DGW', 800),
    ],
  },
]
