import { createHash } from 'node:crypto'
import {
  getNamedType,
  type GraphQLFieldResolver,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  GraphQLString,
  isAbstractType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql'

/** An object that was invented, or a reference to an entity by any of its keys, as a gateway sends it. */
interface InventedObject extends Readonly<Record<string, unknown>> {
  readonly __typename: string
  /** What the values of its fields follow from, where it is no entity. */
  readonly seed?: string
  /** How many items its lists have. */
  readonly length?: number
}

/** So many of each entity there are: lists meet the same ones again, as in a shop. */
const entitiesOfAType = 40
const defaultListLength = 3

/**
 * Resolves every field of any schema. A value follows from the entity, the field and the arguments alone, so two gateways
 * that plan the same operation differently are told the same, by whichever subgraph.
 */
export const inventValue: GraphQLFieldResolver<unknown, unknown, Record<string, unknown>> = (
  source,
  args,
  _context,
  { fieldName, returnType, schema, parentType },
) => {
  const parent = source as InventedObject | undefined
  const given = parent?.[fieldName]
  if (given !== undefined) return given
  const id = parent && idOf(parent)
  if (id !== undefined && getNamedType(returnType) === GraphQLString) return `${fieldName} of ${id}`
  if (id !== undefined && fieldName === 'id') return id
  const identity = id ?? parent?.seed ?? parentType.name
  const length = typeof args['first'] === 'number' ? args['first'] : parent?.length
  return inventOf(returnType, `${identity}.${fieldName}${JSON.stringify(args)}`, schema, length)
}

/** Every text of an entity names it, so that a reference by any key leads back to it: a number, a slug. */
function idOf(entity: InventedObject): string | undefined {
  if (typeof entity['id'] === 'string') return entity['id']
  const texts = entity.seed === undefined ? Object.values(entity) : []
  return texts.map((text) => / of (\w+)$/.exec(String(text))?.[1]).find((id) => id !== undefined)
}

function inventOf(type: GraphQLOutputType, seed: string, schema: GraphQLSchema, length?: number): unknown {
  if (isNonNullType(type)) return inventOf(type.ofType, seed, schema, length)
  if (!isListType(type)) return invent(type, seed, 0, schema, length)
  const items = seed.includes('.userErrors') ? 0 : (length ?? defaultListLength)
  return Array.from({ length: items }, (_, index) => invent(getNamedType(type), seed, index, schema))
}

/** The value at `index` of a list, or at 0 the only one. Entities of one list differ. */
function invent(type: GraphQLNamedType, seed: string, index: number, schema: GraphQLSchema, length?: number): unknown {
  if (isAbstractType(type)) return invent(schema.getPossibleTypes(type)[0]!, seed, index, schema, length)
  const number = numberOf(seed) + index
  if (isObjectType(type)) {
    const own = { __typename: type.name, ...(length !== undefined && { length }) }
    return type.getFields()['id']
      ? { ...own, id: `${type.name}_${number % entitiesOfAType}` }
      : { ...own, seed: `${seed}${index}` }
  }
  return isEnumType(type) ? type.getValues()[number % type.getValues().length]?.value : leaf(type.name, number)
}

function leaf(typeName: string, number: number): unknown {
  switch (typeName) {
    case 'Boolean':
      return number % 2 === 0
    case 'Int':
      return number % 100
    case 'Float':
      return (number % 1000) / 1000
    case 'Decimal':
      return `${number % 1000}.${10 + (number % 90)}`
    case 'DateTime':
      return new Date(Date.UTC(2025, 0, 1) + (number % 31_536_000) * 1000).toISOString()
    case 'ID':
      return `id_${number}`
    default:
      return `A text of somewhat usual length, number ${number}`
  }
}

function numberOf(seed: string): number {
  return createHash('sha256').update(seed).digest().readUInt32BE()
}
