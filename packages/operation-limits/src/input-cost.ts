import {
  type GraphQLArgument,
  type GraphQLInputType,
  isInputObjectType,
  isListType,
  isNonNullType,
  type ValueNode,
  valueFromASTUntyped,
} from 'graphql'
import type { Cost } from './cost.ts'
import { holdsVariable } from './holds-variable.ts'

type Weights = ReadonlyMap<string, number>

/**
 * What an argument costs that is given as `node`: its own weight, or those of the values it holds. An input object weighs 1
 * unless its field or argument has a weight, and everything else nothing unless its type has one.
 */
export function argumentCost(weights: Weights, coordinate: string, argument: GraphQLArgument, node: ValueNode): Cost {
  const own = weights.get(coordinate)
  if (own === undefined && isFree(weights, argument.type)) return 0
  const costOf = (variables: Record<string, unknown>) =>
    inputCost(weights, argument.type, valueFromASTUntyped(node, variables), own)
  return holdsVariable(node) ? costOf : costOf({})
}

function inputCost(weights: Weights, type: GraphQLInputType, value: unknown, own: number | undefined): number {
  if (value === null || value === undefined) return 0
  if (isNonNullType(type)) return inputCost(weights, type.ofType, value, own)
  if (isListType(type)) {
    // The weight of the argument counts once, what it holds counts each time.
    const items = Array.isArray(value) ? (value as unknown[]) : [value]
    const costs = items.map((item) => inputCost(weights, type.ofType, item, own === undefined ? undefined : 0))
    return costs.reduce((total, cost) => total + cost, own ?? 0)
  }
  if (!isInputObjectType(type)) return own ?? weights.get(type.name) ?? 0
  const given = value as Record<string, unknown>
  return Object.values(type.getFields()).reduce(
    (total, field) =>
      total + inputCost(weights, field.type, given[field.name], weights.get(`${type.name}.${field.name}`)),
    own ?? 1,
  )
}

/** Whether no value of `type` can cost anything, so that none needs to be looked at. */
function isFree(weights: Weights, type: GraphQLInputType): boolean {
  if (isNonNullType(type) || isListType(type)) return isFree(weights, type.ofType)
  return !isInputObjectType(type) && !weights.has(type.name)
}
