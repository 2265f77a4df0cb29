import { isInterfaceType, isObjectType } from 'graphql'
import { compositesOf, directivesOf, type SubgraphDefinition } from './definitions.ts'

/** How many entities each family has: few, so that lists repeat them. */
export const familySize = 6

/** Types whose keys identify the same set of entities: an interface with a key and all that implement it. */
export interface Family {
  readonly name: string
  /** The concrete types, in the order of their names. */
  readonly members: readonly string[]
}

/**
 * The family of each entity type. An entity's number within its family is its identity, so a subgraph that knows only the
 * interface, as an interface object, means the same entity.
 */
export function familiesOf(subgraphs: readonly SubgraphDefinition[]): Map<string, Family> {
  const interfaces = new Set<string>()
  const objects = new Set<string>()
  for (const { schema } of subgraphs) {
    for (const type of compositesOf(schema)) {
      if (directivesOf(type, 'key').length === 0) continue
      const isInterface = isInterfaceType(type) || directivesOf(type, 'interfaceObject').length > 0
      ;(isInterface ? interfaces : objects).add(type.name)
    }
  }
  const families = new Map<string, Family>()
  for (const name of interfaces) {
    const family = { name, members: membersOf(subgraphs, name) }
    families.set(name, family)
    for (const member of family.members) families.set(member, family)
  }
  for (const name of objects) {
    if (!families.has(name)) families.set(name, { name, members: [name] })
  }
  return families
}

function membersOf(subgraphs: readonly SubgraphDefinition[], interfaceName: string): string[] {
  const members = subgraphs.flatMap(({ schema }) => {
    const type = schema.getType(interfaceName)
    return isInterfaceType(type)
      ? schema
          .getPossibleTypes(type)
          .filter(isObjectType)
          .map(({ name }) => name)
      : []
  })
  return [...new Set(members)].sort()
}
