import { requestError } from '@cartograph/error-catalogue'
import {
  type FieldNode,
  getNamedType,
  type GraphQLField,
  type GraphQLInputType,
  isInputObjectType,
  Kind,
  type ValueNode,
  valueFromASTUntyped,
} from 'graphql'
import type { Cost, Variables } from './cost.ts'
import type { ListSize } from './cost-directives.ts'
import { holdsVariable } from './holds-variable.ts'

/** Of a list of which nothing is said. */
const sizeOfUnknownLists = 10

/**
 * How long a list is taken to be. A list of what a list of ids identifies is as long as that: @listSize cannot say so, for
 * composition wants slicing arguments to be integers. Any other is as long as its slicing arguments ask for, the longest where there are several, else as
 * long as it is assumed to be. Where exactly one must be given, evaluating it throws BAD_USER_INPUT for more or none.
 */
export function sizeOf(listSize: ListSize | undefined, field: GraphQLField<unknown, unknown>, node: FieldNode): Cost {
  const ids = identifyingArgument(field, node)
  if (ids) return countOf(ids)
  if (!listSize) return sizeOfUnknownLists
  const { assumedSize = sizeOfUnknownLists, requireOneSlicingArgument, slicingArguments } = listSize
  if (slicingArguments.length === 0) return assumedSize
  const slices = slicingArguments.map((path) => sliceOf(field, node, path))
  const defaults = slices.map((slice) => slice.byDefault).filter(isSize)
  const size = (variables: Variables) => {
    const asked = slices.map((slice) => slice.given(variables)).filter(isSize)
    const sizes = asked.length > 0 ? asked : defaults
    if (requireOneSlicingArgument && sizes.length !== 1) {
      const names = slicingArguments.map((path) => path.join('.')).join(', ')
      throw requestError('BAD_USER_INPUT', `${field.name} takes exactly one of: ${names}.`, { http: { status: 400 } })
    }
    return sizes.length > 0 ? Math.max(0, ...sizes) : assumedSize
  }
  // What may refuse is not evaluated before it is known whether the field is selected at all.
  const isFixed = !requireOneSlicingArgument && !(node.arguments ?? []).some(({ value }) => holdsVariable(value))
  return isFixed ? size({}) : size
}

/** What is given for `ids` of a plural identifying field, such as `nodes(ids: [ID!]!): [Node]!`. */
function identifyingArgument({ args }: GraphQLField<unknown, unknown>, node: FieldNode): ValueNode | undefined {
  const [argument, ...others] = args
  if (!argument || others.length > 0 || !/^\[ID!?\]!$/.test(argument.type.toString())) return undefined
  return node.arguments?.find(({ name }) => name.value === argument.name)?.value
}

function countOf(ids: ValueNode): Cost {
  const count = (variables: Variables) => {
    const value = valueFromASTUntyped(ids, variables)
    return Array.isArray(value) ? value.length : 1
  }
  return ids.kind === Kind.VARIABLE ? count : count({})
}

const isSize = (value: unknown): value is number => typeof value === 'number'

interface Slice {
  readonly given: (variables: Variables) => unknown
  readonly byDefault: unknown
}

function sliceOf(field: GraphQLField<unknown, unknown>, node: FieldNode, [name, ...path]: readonly string[]): Slice {
  const argument = field.args.find((each) => each.name === name)
  const given = node.arguments?.find((each) => each.name.value === name)
  return {
    given: (variables) =>
      argument && given && valueAt(valueFromASTUntyped(given.value, variables), argument.type, path),
    byDefault: argument && valueAt(argument.defaultValue, argument.type, path),
  }
}

/** What an input value holds at a path; what it leaves out is what its type says. */
function valueAt(value: unknown, type: GraphQLInputType, [name, ...path]: readonly string[]): unknown {
  if (name === undefined) return value
  const named = getNamedType(type)
  const field = isInputObjectType(named) ? named.getFields()[name] : undefined
  if (!field || typeof value !== 'object' || value === null) return undefined
  const held = (value as Record<string, unknown>)[name]
  return valueAt(held === undefined ? field.defaultValue : held, field.type, path)
}
