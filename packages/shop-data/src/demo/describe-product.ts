import type { ProductType } from './product-type.ts'

const OPENINGS: readonly ((brand: string, model: string) => string)[] = [
  (brand, model) => `The ${model} from ${brand}`,
  (brand, model) => `Made by ${brand}, the ${model}`,
  (brand, model) => `${model}, by ${brand},`,
  (brand, model) => `Chosen by our buyers, the ${model} from ${brand}`,
]

/** Two to four sentences; products of one type differ in how they open and in which facts they tell. */
export function describeProduct(type: ProductType, brand: string, model: string, position: number): string {
  const opening = OPENINGS[position % OPENINGS.length] as (brand: string, model: string) => string
  const turn = position % type.facts.length
  const facts = [...type.facts.slice(turn), ...type.facts.slice(0, turn)].slice(0, 1 + ((position + 1) % 3))
  return [`${opening(brand, model)} ${type.does}.`, ...facts].join(' ')
}
