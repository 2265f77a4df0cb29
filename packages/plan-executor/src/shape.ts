import {
  doTypesOverlap,
  type GraphQLCompositeType,
  type GraphQLLeafType,
  type GraphQLSchema,
  isCompositeType,
} from 'graphql'
import { type Data, isObject } from './data.ts'
import { jsonText, leafWriter } from './leaf-values.ts'
import type { ResponsePath } from './places.ts'

/** What an answer lacks that its client asked for, other than by an error of a subgraph. */
export interface Problem {
  readonly path: ResponsePath
  readonly kind: 'refused' | 'malformed'
}

/** What is known while one answer is written. */
export interface Writing {
  /** Objects and lists that stand in several places of the answer: each is written once. */
  readonly shared: ReadonlySet<unknown>
  readonly written: Map<Shape, Map<unknown, string | null>>
  /** Set when a value did not fit the schema, was null where it may not be, or is refused. */
  isFlawed: boolean
}

export interface Shape {
  /** JSON text, or null for a value that is null or must be. */
  write(value: unknown, writing: Writing): string | null
  /** Adds to `problems` why parts of `value` are null that no subgraph had said to be. */
  explain(value: unknown, path: ResponsePath, problems: Problem[]): void
}

export interface ShapedField {
  readonly key: string
  /** `{"key":` for the first field of an object, `,"key":` for the others: made once. */
  readonly label: string
  /** The text that stands there whatever the subgraphs answer, as of `__typename`. */
  readonly constant: string | null
  readonly isRefused: boolean
  readonly isNonNull: boolean
  /** Whether all objects inherit something of that name. */
  readonly isInherited: boolean
  readonly shape: Shape
}

export class LeafShape implements Shape {
  readonly #write: (value: unknown) => string | null

  constructor(type: GraphQLLeafType) {
    this.#write = leafWriter(type)
  }

  write(value: unknown, writing: Writing): string | null {
    const text = this.#write(value)
    if (text === null) writing.isFlawed = true
    return text
  }

  explain(value: unknown, path: ResponsePath, problems: Problem[]): void {
    if (this.#write(value) === null) problems.push({ path, kind: 'malformed' })
  }
}

export class ListShape implements Shape {
  readonly #item: Shape
  readonly #isItemNonNull: boolean

  constructor(item: Shape, isItemNonNull: boolean) {
    this.#item = item
    this.#isItemNonNull = isItemNonNull
  }

  write(value: unknown, writing: Writing): string | null {
    return writing.shared.has(value) ? writtenOnce(this, value, writing) : this.writeAnew(value, writing)
  }

  writeAnew(value: unknown, writing: Writing): string | null {
    if (!Array.isArray(value)) {
      writing.isFlawed = true
      return null
    }
    let text = ''
    for (let index = 0; index < value.length; index += 1) {
      const item: unknown = value[index]
      const itemText = item === null ? null : this.#item.write(item, writing)
      if (itemText === null && this.#isItemNonNull) {
        writing.isFlawed = true
        return null
      }
      text += index === 0 ? itemText : `,${itemText}`
    }
    return `[${text}]`
  }

  explain(value: unknown, path: ResponsePath, problems: Problem[]): void {
    if (!Array.isArray(value)) {
      problems.push({ path, kind: 'malformed' })
      return
    }
    value.forEach((item: unknown, index) => {
      const at = [...path, index]
      if (item !== null) this.#item.explain(item, at, problems)
      else if (this.#isItemNonNull) problems.push({ path: at, kind: 'malformed' })
    })
  }
}

export class ObjectShape implements Shape {
  readonly #type: GraphQLCompositeType
  readonly #fieldsOf: (type: GraphQLCompositeType) => readonly ShapedField[]
  readonly #schema: GraphQLSchema
  readonly #byTypeName = new Map<unknown, readonly ShapedField[]>()

  constructor(
    schema: GraphQLSchema,
    type: GraphQLCompositeType,
    fieldsOf: (type: GraphQLCompositeType) => readonly ShapedField[],
  ) {
    this.#schema = schema
    this.#type = type
    this.#fieldsOf = fieldsOf
  }

  write(value: unknown, writing: Writing): string | null {
    return writing.shared.has(value) ? writtenOnce(this, value, writing) : this.writeAnew(value, writing)
  }

  writeAnew(value: unknown, writing: Writing): string | null {
    const fields = isObject(value) ? this.#fields(value) : null
    if (!fields) {
      writing.isFlawed = true
      return null
    }
    let text = ''
    for (const field of fields) {
      const fieldText = field.constant ?? writeField(field, valueOf(field, value as Data), writing)
      if (fieldText === null && field.isNonNull) {
        writing.isFlawed = true
        return null
      }
      text += field.label + (fieldText ?? 'null')
    }
    return text === '' ? '{}' : `${text}}`
  }

  explain(value: unknown, path: ResponsePath, problems: Problem[]): void {
    const fields = isObject(value) ? this.#fields(value) : null
    if (!fields) {
      problems.push({ path, kind: 'malformed' })
      return
    }
    for (const field of fields) {
      const at = [...path, field.key]
      if (field.isRefused) problems.push({ path: at, kind: 'refused' })
      if (field.isRefused || field.constant !== null) continue
      const inner = valueOf(field, value as Data)
      if (inner !== null && inner !== undefined) field.shape.explain(inner, at, problems)
      // What is not there at all is a field of an entity that its subgraph says does not exist, which is no fault.
      else if (field.isNonNull && inner === null) problems.push({ path: at, kind: 'malformed' })
    }
  }

  /** By what the object says that it is; where it does not say, by what the schema says. */
  #fields(object: Data): readonly ShapedField[] | null {
    const typeName = object['__typename'] ?? this.#type.name
    const known = this.#byTypeName.get(typeName)
    if (known) return known
    const type = typeof typeName === 'string' ? this.#schema.getType(typeName) : undefined
    if (!isCompositeType(type) || !doTypesOverlap(this.#schema, this.#type, type)) return null
    const fields = this.#fieldsOf(type)
    this.#byTypeName.set(typeName, fields)
    return fields
  }
}

function valueOf(field: ShapedField, object: Data): unknown {
  return field.isInherited && !Object.hasOwn(object, field.key) ? undefined : object[field.key]
}

function writeField(field: ShapedField, value: unknown, writing: Writing): string | null {
  if (field.isRefused) writing.isFlawed = true
  return field.isRefused || value === null || value === undefined ? null : field.shape.write(value, writing)
}

/** What entities share is written once for each shape that it is asked in. */
function writtenOnce(shape: ListShape | ObjectShape, value: unknown, writing: Writing): string | null {
  let texts = writing.written.get(shape)
  if (!texts) writing.written.set(shape, (texts = new Map<unknown, string | null>()))
  const known = texts.get(value)
  if (known !== undefined) return known
  const text = shape.writeAnew(value, writing)
  texts.set(value, text)
  return text
}

/** What is no field of a schema's types: answered within the gateway, and as it is. */
export const asItIs: Shape = { write: jsonText, explain: () => {} }

/** The type of an object that a subgraph did not tell. */
export const unknowable: Shape = {
  write: () => null,
  explain: (_value, path, problems) => void problems.push({ path, kind: 'malformed' }),
}
