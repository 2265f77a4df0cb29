import type { FetchNode, PlanNode, QueryPlan, SubscriptionNode } from '@apollo/query-planner'
import type { GraphQLSchema } from 'graphql'
import { EntityFetch } from './entity-fetch.ts'
import type { Execution } from './execution.ts'
import { fetchesOf, type PlacedFetch } from './placed-fetches.ts'
import { canBeMerged } from './merged-operation.ts'
import type { PlacePath } from './places.ts'
import { rootFetch } from './root-fetch.ts'
import { sendFetches } from './send-fetches.ts'
import { fetchesThatShareNothing } from './split-objects.ts'

/** Runs a part of a plan. It never rejects: what fails is among the errors of the execution. */
export type Step = (execution: Execution) => Promise<void> | void

/** A way through a part of a plan whose first step, if that is a fetch of entities, may be sent with others. */
interface Lane {
  readonly first: EntityFetch | null
  readonly rest: Step
}

const nothing: Step = () => {}

/**
 * Compiles a plan of @apollo/query-planner for `schema`, its supergraph. Fetches of entities that begin at the same time
 * and go to the same subgraph are sent as one request.
 */
export function compilePlan(schema: GraphQLSchema, { node }: QueryPlan): Step {
  if (!node) return nothing
  const sharingNothing = fetchesThatShareNothing(fetchesOf(node))
  return compile(node, [])

  function compile(part: PlanNode | SubscriptionNode, path: PlacePath): Step {
    switch (part.kind) {
      case 'Sequence':
        return inSequence(part.nodes.map((child) => compile(child, path)))
      case 'Parallel':
        return inParallel(part.nodes.map((child) => laneOf(child, path)))
      case 'Flatten':
        return compile(part.node, [...path, ...part.path.map(String)])
      case 'Fetch':
        return part.requires ? sendFetches([entityFetch(part, path)]) : rootFetch(schema, part, path)
      case 'Condition': {
        const { condition, ifClause, elseClause } = part
        const [whenTrue, whenFalse] = [ifClause, elseClause].map((branch) => (branch ? compile(branch, path) : nothing))
        return (execution) => (execution.coerced[condition] === true ? whenTrue! : whenFalse!)(execution)
      }
      case 'Defer':
      case 'Subscription':
        throw new Error(`The plan has a ${part.kind} node, which is not supported.`)
    }
  }

  function entityFetch(fetch: FetchNode, path: PlacePath): EntityFetch {
    return new EntityFetch(schema, fetch, path, sharingNothing.has(fetch))
  }

  function laneOf(part: PlanNode, path: PlacePath): Lane {
    const [head, ...rest] = part.kind === 'Sequence' ? part.nodes : [part]
    const first = head && placed(head, path)
    if (!first?.node.requires || !canBeMerged(first.node.operation)) return { first: null, rest: compile(part, path) }
    return { first: entityFetch(first.node, first.path), rest: inSequence(rest.map((child) => compile(child, path))) }
  }
}

function placed(part: PlanNode, path: PlacePath): PlacedFetch | null {
  if (part.kind === 'Flatten') return placed(part.node, [...path, ...part.path.map(String)])
  return part.kind === 'Fetch' ? { node: part, path } : null
}

function inSequence(steps: readonly Step[]): Step {
  if (steps.length <= 1) return steps[0] ?? nothing
  return async (execution) => {
    for (const step of steps) await step(execution)
  }
}

function inParallel(lanes: readonly Lane[]): Step {
  const steps = lanes.filter(({ first }) => !first).map(({ rest }) => rest)
  const ofService = Map.groupBy(
    lanes.filter(({ first }) => first),
    ({ first }) => first!.service,
  )
  for (const together of ofService.values()) {
    const send = sendFetches(together.map(({ first }) => first!))
    const rests = together.map(({ rest }) => rest).filter((rest) => rest !== nothing)
    if (rests.length === 0) steps.push(send)
    else
      steps.push(async (execution) => {
        await send(execution)
        await Promise.all(rests.map(async (rest) => rest(execution)))
      })
  }
  return steps.length === 1
    ? steps[0]!
    : async (execution) => void (await Promise.all(steps.map(async (step) => step(execution))))
}
