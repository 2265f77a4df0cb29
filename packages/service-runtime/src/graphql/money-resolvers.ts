import { type Money, toDecimal } from '@cartograph/money'

/** The resolvers of the value type Money, the same in every subgraph. */
export const moneyResolvers = { amount: (money: Money) => toDecimal(money) }
