import {
  getNamedType,
  GraphQLError,
  type GraphQLFieldResolver,
  type GraphQLResolveInfo,
  type GraphQLTypeResolver,
  isScalarType,
  isSpecifiedScalarType,
  responsePathAsArray,
} from 'graphql'
import { isThing, type Thing } from '../world/thing.ts'
import type { World } from '../world/world.ts'
import { entityErrorMessage, type Faults, fieldErrorMessage } from './faults.ts'
import type { Lie } from './lies.ts'

/** What the resolvers of one subgraph are called with. */
export interface SubgraphCall {
  readonly service: string
  readonly world: World
  readonly faults: Faults
  /** To be told to the answer once it is there. */
  readonly lies: Lie[]
  /** Mutations, in the order in which they were executed. */
  readonly mutations: string[]
}

/** Finds the entity of a representation. An interface's answer says which concrete type it is. */
export function lookUp(typeName: string, isInterface: boolean) {
  return (
    representation: Readonly<Record<string, unknown>>,
    call: SubgraphCall,
    { schema }: GraphQLResolveInfo,
  ): Thing | Error | null => {
    const thing = call.world.entity(schema, typeName, representation)
    if (!thing) return null
    const fault = call.faults.ofEntity(call.service, thing)
    if (fault === 'missing') return null
    // What is thrown at once fails the whole list of entities.
    if (fault === 'breaks all') throw new Error(entityErrorMessage(call.service, thing))
    // graphql-js takes an error that is returned for one that was thrown; a promise might have nobody to wait for it.
    if (fault === 'broken') {
      return Object.assign(
        new Error(entityErrorMessage(call.service, thing)),
        isInterface && { __typename: thing.type },
      )
    }
    return { ...thing, given: representation, ...(isInterface && { __typename: thing.type }) }
  }
}

/** Resolves any field from the world, or fails where the faults say so. */
export const resolveField: GraphQLFieldResolver<unknown, SubgraphCall> = (source, args, call, info) => {
  const thing = isThing(source) ? source : { type: info.parentType.name, id: info.parentType.name }
  if (info.parentType.name === 'Mutation')
    call.mutations.push(`${call.service}.${info.fieldName} ${JSON.stringify(args)}`)
  const path = responsePathAsArray(info.path)
  const fault = call.faults.ofField(call.service, thing, info.fieldName, path)
  if (fault === 'null') return null
  if (fault === 'error') throw new Error(fieldErrorMessage(call.service, thing, info.fieldName))
  if (fault === 'coded error') {
    throw new GraphQLError(fieldErrorMessage(call.service, thing, info.fieldName), {
      extensions: { code: 'OUT_OF_ORDER', detail: { field: info.fieldName } },
    })
  }
  if (fault === 'lie' && canLie(thing, info, call.world)) {
    call.lies.push({ path, seed: `${call.service} ${thing.id}.${info.fieldName}` })
  }
  const required = call.world.required(thing, info.fieldName)
  if (required === undefined && call.world.requiresAnything(thing, info.fieldName)) {
    throw new Error(`${thing.id}.${info.fieldName} was not given what it requires`)
  }
  return call.world.field(thing, info.fieldName, args as Record<string, unknown>, required)
}

export const resolveType: GraphQLTypeResolver<unknown, unknown> = (value) => (isThing(value) ? value.type : undefined)

/**
 * Whatever stands for a custom scalar is one. And what a subgraph makes of a lie that it is told is anybody's guess, so
 * there are none about what representations bring.
 */
function canLie(thing: Thing, { returnType, fieldName }: GraphQLResolveInfo, world: World): boolean {
  const named = getNamedType(returnType)
  const isCustomScalar = isScalarType(named) && !isSpecifiedScalarType(named)
  return !isCustomScalar && !world.isRepresented(thing, fieldName)
}
