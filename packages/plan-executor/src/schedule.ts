import type { FetchNode, PlanNode, SubscriptionNode } from '@apollo/query-planner'
import { canBeMerged } from './merged-operation.ts'

/** Fetches of entities by one subgraph that are sent together, if their time comes close enough. */
export type FetchGroup = readonly FetchNode[]

interface Step {
  readonly node: FetchNode
  /** How many fetches come before it, one after the other. */
  readonly wave: number
  /** The parts of parallel nodes that it is in, outermost first; each a number of its own. */
  readonly branches: readonly number[]
  /** Of those, how many stay open until it is done, and wait for nothing else of what comes after it. */
  readonly lastFrom: number
}

/**
 * Groups the fetches of a plan that can go to the same subgraph at once. A fetch joins those of its own wave, where each
 * wave is what can only begin after the one before; and one that nothing comes after joins a later wave of its
 * subgraph, since the answer has to wait for that anyway.
 */
export function scheduledGroups(node: PlanNode | SubscriptionNode): FetchGroup[] {
  const steps = stepsOf(node).filter(({ node: fetch }) => fetch.requires && canBeMerged(fetch.operation))
  const groups: FetchGroup[] = []
  for (const ofService of Map.groupBy(steps, (step) => step.node.serviceName).values()) {
    const waveOf = new Map(ofService.map((step) => [step, latestWave(step, ofService)]))
    for (const together of Map.groupBy(ofService, (step) => waveOf.get(step)!).values())
      groups.push(together.map((step) => step.node))
  }
  return groups
}

/** The last wave of the subgraph that `step` may wait for: its own, unless nothing waits for it before. */
function latestWave(step: Step, others: readonly Step[]): number {
  const later = others.filter((other) => other.wave > step.wave && mayWaitFor(step, other))
  return Math.max(step.wave, ...later.map(({ wave }) => wave))
}

/** True when `other` is in another part of a parallel node that stays open until `step` is done in any case. */
function mayWaitFor(step: Step, other: Step): boolean {
  const parted = step.branches.findIndex((branch, depth) => branch !== other.branches[depth])
  return parted !== -1 && parted < other.branches.length && parted >= step.lastFrom
}

function stepsOf(root: PlanNode | SubscriptionNode): Step[] {
  const steps: Step[] = []
  let branchesSoFar = 0
  /** Answers the wave that comes after `part`. */
  const walk = (
    part: PlanNode | SubscriptionNode | undefined,
    wave: number,
    branches: readonly number[],
    lastFrom: number,
  ): number => {
    switch (part?.kind) {
      case 'Fetch':
        steps.push({ node: part, wave, branches, lastFrom })
        return wave + 1
      case 'Flatten':
        return walk(part.node, wave, branches, lastFrom)
      case 'Sequence': {
        let next = wave
        part.nodes.forEach((child, index) => {
          const isLast = index === part.nodes.length - 1
          next = walk(child, next, branches, isLast ? lastFrom : branches.length)
        })
        return next
      }
      case 'Parallel':
        return Math.max(...part.nodes.map((child) => walk(child, wave, [...branches, (branchesSoFar += 1)], lastFrom)))
      case 'Condition':
        return Math.max(...[part.ifClause, part.elseClause].map((branch) => walk(branch, wave, branches, lastFrom)))
      case 'Defer':
      case 'Subscription':
      case undefined:
        return wave
    }
  }
  walk(root, 0, [], 0)
  return steps
}
