import { HeaderMap } from '@apollo/server'
import { requestError } from '@cartograph/error-catalogue'
import { type Gateway, withExecutor } from '../../answers/strangers-read.ts'
import type { GatewayContext } from '../../context.ts'
import type { PartnerRequest } from '../partner-request.ts'
import type { PartnerBudgets } from './partner-budgets.ts'

/** Of any operation: one that asks for nothing is a request all the same. */
const leastPoints = 1

/**
 * `gateway`, where partners pay what an operation costs before it is run or answered from memory: what is refused before costs
 * nothing. Who has not enough is refused 429 PARTNER_BUDGET_SPENT, and nothing is sent to a subgraph.
 */
export function chargePartners(gateway: Gateway, budgets: PartnerBudgets): Gateway {
  return withExecutor(gateway, async (executor, execution) => {
    const { partner: asking, cost = 0 } = execution.context as GatewayContext
    if (asking) {
      const points = Math.max(leastPoints, Math.ceil(cost))
      const paid = budgets.pay(asking.key.partner, points)
      if (!(paid === true || (await paid))) refuse(budgets, asking, points)
      asking.points = points
    }
    return executor(execution)
  })
}

function refuse(budgets: PartnerBudgets, { key: { partner } }: PartnerRequest, points: number): never {
  const seconds = String(Math.max(1, Math.ceil(budgets.standing(partner).msToReset / 1_000)))
  throw requestError(
    'PARTNER_BUDGET_SPENT',
    `The operation costs ${points} points, and of the ${partner.pointsPerMinute} of this minute fewer are left.`,
    { http: { status: 429, headers: new HeaderMap([['retry-after', seconds]]) } },
  )
}
