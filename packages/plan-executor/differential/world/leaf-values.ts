import { type GraphQLSchema, isEnumType } from 'graphql'
import { hash } from './hash.ts'

/** Values of a leaf type. The first ones are those that a careless test for truth takes for nothing. */
export function leafValue(typeName: string, seed: string, enumValues: ReadonlyMap<string, readonly string[]>): unknown {
  const number = hash(seed)
  const isOdd = number % 5 < 2
  switch (typeName) {
    case 'Int':
      return isOdd ? 0 : (number % 2001) - 1000
    case 'Float':
      return isOdd ? 0 : (number % 8001) / 8 - 500
    case 'Boolean':
      return number % 2 === 0
    case 'String':
      return isOdd ? '' : `text ${number.toString(36)} “é”`
    case 'ID':
      return isOdd ? String(number % 7) : number.toString(36)
    default: {
      const values = enumValues.get(typeName)
      return values ? values[number % values.length] : customScalarValue(number)
    }
  }
}

/** A custom scalar is any JSON, objects and lists of it too, which nobody may mistake for an object with fields. */
function customScalarValue(number: number): unknown {
  const text = number.toString(36)
  return [text, number % 1000, false, '', [text, null, { a: 1 }], { b: text, a: { c: [1, 2] } }, {}, []][number % 8]
}

/** A leaf that no other entity of the family has; `place` is the path to it and the entity's number. */
export function keyValue(typeName: string, place: string, number: number): unknown {
  switch (typeName) {
    case 'Int':
    case 'Float':
      // The number keeps them apart whatever the hash says.
      return (hash(place) % 1000) * 10 + number
    default:
      return `${hash(place).toString(36)}-${String(number)}`
  }
}

/** For each enum the values that every subgraph knows. */
export function commonEnumValues(schemas: readonly GraphQLSchema[]): Map<string, readonly string[]> {
  const common = new Map<string, readonly string[]>()
  for (const schema of schemas) {
    for (const type of Object.values(schema.getTypeMap())) {
      if (!isEnumType(type) || type.name.startsWith('_')) continue
      const names = type.getValues().map(({ name }) => name)
      common.set(type.name, common.get(type.name)?.filter((name) => names.includes(name)) ?? names)
    }
  }
  return common
}
