import type { Contender } from '../contender.ts'
import { ease } from './ease.ts'
import { itemKnn } from './item-knn.ts'
import { mostBought } from './most-bought.ts'
import { personalFrequency } from './personal-frequency.ts'

/** What a model has to beat to be worth its trouble; `onStep` is told how far the one that takes its time is. */
export function baselines(onStep: (done: number, all: number) => void): Contender[] {
  return [mostBought, personalFrequency, itemKnn, ease(onStep)]
}
