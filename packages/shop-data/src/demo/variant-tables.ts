/** What the variants of a product differ by. `times` scales the base price, in hundredths. */
export interface VariantOption {
  readonly title: string
  readonly code: string
  readonly times: number
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
    { title: 'Medium', code: 'M', times: 135 },
    { title: 'Large', code: 'L', times: 180 },
  ],
  weight: [
    { title: '250 g', code: '250G', times: 100 },
    { title: '1 kg', code: '1KG', times: 340 },
  ],
  sack: [
    { title: '2 kg', code: '2KG', times: 100 },
    { title: '5 kg', code: '5KG', times: 215 },
    { title: '12 kg', code: '12KG', times: 440 },
  ],
  pack: [
    { title: 'Single', code: '1PK', times: 100 },
    { title: 'Pack of 3', code: '3PK', times: 265 },
    { title: 'Pack of 6', code: '6PK', times: 490 },
  ],
} satisfies Record<string, readonly VariantOption[]>

export type VariantScheme = keyof typeof VARIANT_OPTIONS
