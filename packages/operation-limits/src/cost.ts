/** The variables of a request, with the defaults of its operation. */
export type Variables = Readonly<Record<string, unknown>>

/** What something costs: a number, or a function of the variables where they decide. */
export type Cost = number | ((variables: Variables) => number)

/** `cost` in a request with these variables. */
export const evaluate = (cost: Cost, variables: Variables): number =>
  typeof cost === 'number' ? cost : cost(variables)

/** The sum of `costs`; what no variable decides is added up now. */
export function sum(costs: readonly Cost[]): Cost {
  const fixed = costs.reduce<number>((total, cost) => (typeof cost === 'number' ? total + cost : total), 0)
  const open = costs.filter((cost) => typeof cost === 'function')
  if (open.length === 0) return fixed
  return (variables) => open.reduce((total, cost) => total + cost(variables), fixed)
}

/** `left` times `right`; nothing of something endless is nothing. */
export function product(left: Cost, right: Cost): Cost {
  if (left === 0 || right === 0) return 0
  if (typeof left === 'number' && typeof right === 'number') return left * right
  return (variables) => {
    const times = evaluate(left, variables)
    return times === 0 ? 0 : times * evaluate(right, variables)
  }
}
