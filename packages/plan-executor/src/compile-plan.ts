import type { FetchNode, PlanNode, QueryPlan, SubscriptionNode } from '@apollo/query-planner'
import type { GraphQLSchema } from 'graphql'
import { type EntityPlace, entityPlacesOf } from './duplicates.ts'
import { EntityFetch } from './entity-fetch.ts'
import { type Execution, malformedAnswer } from './execution.ts'
import { FetchGroup } from './fetch-group.ts'
import { fetchesOf, type PlacedFetch } from './placed-fetches.ts'
import type { PlacePath } from './places.ts'
import { rootFetch } from './root-fetch.ts'
import { scheduledGroups } from './schedule.ts'
import { fetchesThatShareNothing } from './split-objects.ts'

/** Runs a part of a plan. It never rejects: what fails is among the errors of the execution. */
export type Step = (execution: Execution) => Promise<void> | void

const nothing: Step = () => {}

/**
 * Compiles a plan of @apollo/query-planner for `schema`, its supergraph. Conditions are decided before anything is planned. A
 * fetch waits for `patienceMs` at most for those that it can be sent with.
 */
export function compilePlan(schema: GraphQLSchema, { node: root }: QueryPlan, patienceMs: number): Step {
  if (!root) return nothing
  const fetches = fetchesOf(root)
  const sharingNothing = fetchesThatShareNothing(fetches)
  const groups = new Map<FetchNode, FetchGroup>()
  for (const nodes of scheduledGroups(root)) {
    const group = new FetchGroup(nodes, patienceMs)
    for (const node of nodes) groups.set(node, group)
  }
  return compile(root, [])

  function compile(part: PlanNode | SubscriptionNode, path: PlacePath): Step {
    switch (part.kind) {
      case 'Sequence':
        return inSequence(part.nodes.map((child) => compile(child, path)))
      case 'Parallel':
        return inParallel(part.nodes.map((child) => compile(child, path)))
      case 'Flatten':
        return compile(part.node, [...path, ...part.path.map(String)])
      case 'Fetch':
        return withinDepth(
          part.serviceName,
          part.requires
            ? entityFetch({ node: part, path })
            : rootFetch(schema, { node: part, path }, placesOf({ node: part, path })),
        )
      case 'Condition':
      case 'Defer':
      case 'Subscription':
        throw new Error(`The plan has a ${part.kind} node, which is not supported.`)
    }
  }

  function entityFetch(placed: PlacedFetch): Step {
    const { node } = placed
    const group = groups.get(node) ?? new FetchGroup([node], patienceMs)
    const sharesNothing = sharingNothing.has(node)
    const fetch = new EntityFetch(schema, placed, { sharesNothing, entityPlaces: placesOf(placed) })
    return (execution) => group.run(execution, node, fetch)
  }

  function placesOf(placed: PlacedFetch): readonly EntityPlace[] {
    return sharingNothing.has(placed.node) ? [] : entityPlacesOf(schema, placed, fetches)
  }
}

/** What is nested without end cannot be taken in by what calls itself for each level: it is an error of its service. */
function withinDepth(service: string, step: Step): Step {
  return (execution) => {
    const fail = (error: unknown) => {
      if (!(error instanceof RangeError)) throw error
      execution.fail(service, malformedAnswer(service))
    }
    try {
      return step(execution)?.catch(fail)
    } catch (error) {
      return fail(error)
    }
  }
}

function inSequence(steps: readonly Step[]): Step {
  if (steps.length <= 1) return steps[0] ?? nothing
  return async (execution) => {
    for (const step of steps) await step(execution)
  }
}

function inParallel(steps: readonly Step[]): Step {
  if (steps.length <= 1) return steps[0] ?? nothing
  return async (execution) => {
    await Promise.all(steps.map(async (step) => step(execution)))
  }
}
