import { type GraphQLSchema, isEnumType, isInputObjectType, isInterfaceType, isObjectType, parse } from 'graphql'
import type { Client } from './client.ts'
import { coordinatesIn } from './coordinates.ts'

/** Something deprecated and who still uses it. */
export interface DeprecatedUse {
  readonly coordinate: string
  readonly reason: string
  /** `client: operation`, in order. */
  readonly users: readonly string[]
}

/** Everything that `schema` deprecates, with the operations that still ask for it; what nobody asks for has no users. */
export function deprecatedUses(clients: readonly Client[], schema: GraphQLSchema): DeprecatedUse[] {
  const reasons = deprecations(schema)
  const users = new Map([...reasons.keys()].map((coordinate) => [coordinate, new Set<string>()]))
  for (const { name: client, operations } of clients) {
    for (const { name, body } of operations) {
      for (const coordinate of coordinatesIn(schema, parse(body)).values())
        users.get(coordinate)?.add(`${client}: ${name}`)
    }
  }
  return [...reasons].map(([coordinate, reason]) => ({
    coordinate,
    reason,
    users: [...(users.get(coordinate) ?? [])].toSorted((left, right) => left.localeCompare(right)),
  }))
}

function deprecations(schema: GraphQLSchema): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  const look = (coordinate: string, { deprecationReason }: { deprecationReason?: string | null | undefined }) => {
    if (deprecationReason != null) found.set(coordinate, deprecationReason)
  }
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__')) continue
    if (isEnumType(type)) for (const value of type.getValues()) look(`${type.name}.${value.name}`, value)
    if (isInputObjectType(type))
      for (const field of Object.values(type.getFields())) look(`${type.name}.${field.name}`, field)
    if (!isObjectType(type) && !isInterfaceType(type)) continue
    for (const field of Object.values(type.getFields())) {
      look(`${type.name}.${field.name}`, field)
      for (const argument of field.args) look(`${type.name}.${field.name}(${argument.name}:)`, argument)
    }
  }
  return found
}
