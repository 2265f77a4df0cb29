import fc, { type Arbitrary } from 'fast-check'
import {
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
} from 'graphql'
import type { ValueModel } from './operation-model.ts'

const leaf = (values: Arbitrary<unknown>): Arbitrary<ValueModel> =>
  values.map((constant) => ({ kind: 'leaf', value: constant }))
const nothing = leaf(fc.constant(null))

/** A value of an input type, variables included. `depth` bounds input objects within input objects. */
export function arbitraryValue(type: GraphQLInputType, depth = 2): Arbitrary<ValueModel> {
  const constant = constantValue(type, depth)
  return fc.oneof(
    { weight: 3, arbitrary: withVariables(type, depth) },
    { weight: 2, arbitrary: variable(type, constant, depth) },
  )
}

/** Either nothing or a value: of an argument that may be left out. */
export function maybe(present: Arbitrary<ValueModel>): Arbitrary<ValueModel | undefined> {
  return fc.option(present, { nil: undefined, freq: 2 })
}

function variable(type: GraphQLInputType, constant: Arbitrary<ValueModel>, depth: number): Arbitrary<ValueModel> {
  const nonNull = constantValue(isNonNullType(type) ? type.ofType : type, depth, false)
  const inner = String(isNonNullType(type) ? type.ofType : type)
  const required = fc
    .record({ provided: constant })
    .map(({ provided }) => ({ type: String(type), provided, fallback: undefined }))
  const withDefault = fc
    .record({ provided: maybe(constant), fallback: nonNull })
    .map(({ provided, fallback }) => ({ type: inner, provided, fallback }))
  const stricter = nonNull.map((provided) => ({ type: `${inner}!`, provided, fallback: undefined }))
  const leftOut = fc.constant({ type: inner, provided: undefined, fallback: undefined })
  const variants = isNonNullType(type) ? [required, withDefault] : [required, withDefault, stricter, leftOut]
  return fc.oneof(...variants).map((model) => ({ kind: 'variable', ...model }))
}

/** Literals that have variables within. */
function withVariables(type: GraphQLInputType, depth: number): Arbitrary<ValueModel> {
  return value(type, depth, true, (inner) => arbitraryValue(inner, depth - 1))
}

function constantValue(type: GraphQLInputType, depth: number, isNullable = true): Arbitrary<ValueModel> {
  return value(type, depth, isNullable, (inner) => constantValue(inner, depth - 1))
}

function value(
  type: GraphQLInputType,
  depth: number,
  isNullable: boolean,
  within: (type: GraphQLInputType) => Arbitrary<ValueModel>,
): Arbitrary<ValueModel> {
  if (isNonNullType(type)) return value(type.ofType, depth, false, within)
  const present = presentValue(type, depth, within)
  return isNullable ? fc.oneof({ weight: 6, arbitrary: present }, { weight: 1, arbitrary: nothing }) : present
}

function presentValue(
  type: GraphQLInputType,
  depth: number,
  within: (type: GraphQLInputType) => Arbitrary<ValueModel>,
): Arbitrary<ValueModel> {
  if (isListType(type)) {
    // A variable that is left out makes no item of a list.
    const items = constantValue(type.ofType, depth)
    return fc.array(items, { maxLength: 2 }).map((values) => ({ kind: 'list', items: values }))
  }
  if (isEnumType(type)) {
    return fc.constantFrom(...type.getValues()).map(({ name }) => ({ kind: 'enum', name }))
  }
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).filter((field) => depth > 0 || isRequiredInputField(field))
    const values = fields.map((field) => {
      const present = isRequiredInputField(field) ? within(field.type) : maybe(within(field.type))
      return [field.name, present] as const
    })
    return fc
      .record(Object.fromEntries(values) as Record<string, Arbitrary<ValueModel | undefined>>)
      .map((record) => ({ kind: 'object', fields: record }))
  }
  return leaf(leafOf(String(type)))
}

function leafOf(typeName: string): Arbitrary<unknown> {
  switch (typeName) {
    case 'Int':
      return fc.integer({ min: -3, max: 50 })
    case 'Float':
      return fc.constantFrom(0, 1, 0.5, -2.25)
    case 'Boolean':
      return fc.boolean()
    case 'ID':
      return fc.constantFrom('1', 'b', '"é"')
    default:
      return fc.constantFrom('', 'one', 'two “2”\n', 'a"b\\c')
  }
}
