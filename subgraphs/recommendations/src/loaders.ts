import type { Database } from './database.ts'
import { type CartContents, findCartSuggestions } from './recommendation/list-cart-suggestions.ts'
import { findNeighbours } from './recommendation/list-neighbours.ts'
import { findSimilar } from './recommendation/find-similar.ts'
import { rankingLoaderOf } from './recommendation/ranking-loader.ts'

export type Loaders = ReturnType<typeof createLoaders>

/** One request's loaders: whatever a list's items ask for in one tick is one statement. */
export function createLoaders(db: Database) {
  return {
    similar: rankingLoaderOf<string>((ids, size) => findSimilar(db, ids, size)),
    boughtTogether: rankingLoaderOf<string>((ids, size) => findNeighbours(db, 'BOUGHT_TOGETHER', ids, size)),
    suggestions: rankingLoaderOf<CartContents>((carts, size) => findCartSuggestions(db, carts, size)),
  }
}
