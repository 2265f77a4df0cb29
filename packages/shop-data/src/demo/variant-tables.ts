/** What the variants of a product differ by. `times` scales the base price, in hundredths. */
export interface VariantOption {
  readonly title: string
  readonly code: string
  readonly times: number
  /** The net weight where the title says it. */
  readonly grams?: number
  /** How many times the weight of the lightest option it has; once, if it is not said. */
  readonly heavier?: number
}

const same = (title: string, code: string): VariantOption => ({ title, code, times: 100 })

/** Sizes come as a whole; of the colours a product takes two to four. */
export const VARIANT_OPTIONS = {
  one: [same('Standard', 'STD')],
  colour: [
    same('Navy', 'NVY'),
    same('Forest Green', 'GRN'),
    same('Charcoal', 'CHA'),
    same('Brick Red', 'RED'),
    same('Mustard', 'MUS'),
    same('Sky Blue', 'SKY'),
    same('Oatmeal', 'OAT'),
  ],
  clothing: [same('Small', 'S'), same('Medium', 'M'), same('Large', 'L'), same('Extra Large', 'XL')],
  shoe: [same('UK 5', 'UK5'), same('UK 7', 'UK7'), same('UK 9', 'UK9'), same('UK 11', 'UK11')],
  size: [
    { title: 'Small', code: 'S', times: 100 },
    { title: 'Medium', code: 'M', times: 135, heavier: 1.5 },
    { title: 'Large', code: 'L', times: 180, heavier: 2.2 },
  ],
  weight: [
    { title: '250 g', code: '250G', times: 100, grams: 250 },
    { title: '1 kg', code: '1KG', times: 340, grams: 1_000 },
  ],
  sack: [
    { title: '2 kg', code: '2KG', times: 100, grams: 2_000 },
    { title: '5 kg', code: '5KG', times: 215, grams: 5_000 },
    { title: '12 kg', code: '12KG', times: 440, grams: 12_000 },
  ],
  pack: [
    { title: 'Single', code: '1PK', times: 100 },
    { title: 'Pack of 3', code: '3PK', times: 265, heavier: 3 },
    { title: 'Pack of 6', code: '6PK', times: 490, heavier: 6 },
  ],
} satisfies Record<string, readonly VariantOption[]>

export type VariantScheme = keyof typeof VARIANT_OPTIONS
