import type { Department } from '../product-type.ts'
import { BABY_AND_TODDLER } from './baby-and-toddler.ts'
import { FOOD_AND_DRINK } from './food-and-drink.ts'
import { GARDEN } from './garden.ts'
import { HOME_OFFICE } from './home-office.ts'
import { KITCHEN } from './kitchen.ts'
import { OUTDOORS } from './outdoors.ts'
import { PETS } from './pets.ts'
import { SPORT } from './sport.ts'

/** What the demo shop sells, department by department. */
export const DEPARTMENTS: readonly Department[] = [
  KITCHEN,
  FOOD_AND_DRINK,
  OUTDOORS,
  SPORT,
  GARDEN,
  BABY_AND_TODDLER,
  HOME_OFFICE,
  PETS,
]
