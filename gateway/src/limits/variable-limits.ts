import type { ApolloServerPlugin } from '@apollo/server'
import { requestError } from '@cartograph/error-catalogue'

const mostLevels = 16
const mostValues = 5_000

/**
 * Refuses variables that nest deeper than any input of a schema, or hold more values than any operation needs, before
 * anything walks them that calls itself.
 */
export const variableLimits: ApolloServerPlugin = {
  async requestDidStart() {
    return {
      async didResolveOperation({ request: { variables } }) {
        const finding = variables && findingOf(variables)
        if (finding) throw requestError('BAD_USER_INPUT', finding, { http: { status: 400 } })
      },
    }
  },
}

/** In one sentence what `variables` have too much of, or undefined; found level by level, so that no depth is too much. */
export function findingOf(variables: object): string | undefined {
  let values = 0
  let level: object[] = [variables]
  for (let levels = 0; level.length > 0; levels += 1) {
    if (levels > mostLevels) return `The variables nest deeper than ${mostLevels} levels.`
    const next: object[] = []
    for (const value of level) {
      const held: unknown[] = Object.values(value)
      values += held.length
      if (values > mostValues) return `The variables hold more than ${mostValues} values.`
      for (const each of held) if (typeof each === 'object' && each !== null) next.push(each)
    }
    level = next
  }
  return undefined
}
