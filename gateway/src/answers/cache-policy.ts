import {
  type DocumentNode,
  type FieldNode,
  getNamedType,
  type GraphQLCompositeType,
  type GraphQLNamedType,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  isUnionType,
  Kind,
  type OperationDefinitionNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql'
import { type CacheHint, cacheHintsOf } from './cache-hints.ts'

/** How long an answer may be kept, in seconds, and for whom. */
export interface CachePolicy {
  readonly maxAge: number
  readonly scope: 'PUBLIC' | 'PRIVATE'
}

/** Whether it takes a permission to see a field of an object. */
export type IsProtected = (typeName: string, fieldName: string) => boolean

/**
 * The cache policies of operations, by the @cacheControl of a supergraph and Apollo Server's rules: the least maxAge of all
 * fields counts, and one PRIVATE makes the whole PRIVATE. A root field, and one that gives objects, has maxAge 0 unless it or
 * its type says otherwise; other fields are as good as what they belong to. What @skip and @include may leave out counts, and
 * so does each type that an interface or a union may be. A field that needs a permission is PRIVATE.
 */
export class CachePolicies {
  readonly #schema: GraphQLSchema
  readonly #hints: ReadonlyMap<string, CacheHint>
  readonly #isProtected: IsProtected
  readonly #known = new WeakMap<OperationDefinitionNode, CachePolicy>()

  constructor(supergraphSdl: string, apiSchema: GraphQLSchema, isProtected: IsProtected) {
    this.#schema = apiSchema
    this.#hints = cacheHintsOf(supergraphSdl)
    this.#isProtected = isProtected
  }

  /** The policy of `operation` of a valid `document`; computed at the first call. */
  of(document: DocumentNode, operation: OperationDefinitionNode): CachePolicy {
    const known = this.#known.get(operation)
    if (known) return known
    const policy = least(this.#hintsIn(document, operation))
    this.#known.set(operation, policy)
    return policy
  }

  /** What a field adds does not depend on what is around it, so each fragment is looked at once. */
  #hintsIn(document: DocumentNode, operation: OperationDefinitionNode): CacheHint[] {
    const hints: CacheHint[] = []
    const spread = new Set<string>()
    const typeInfo = new TypeInfo(this.#schema)
    const visitor = visitWithTypeInfo(typeInfo, {
      Field: (node: FieldNode) => void hints.push(...this.#ofField(typeInfo, node)),
      FragmentSpread: ({ name }) => void spread.add(name.value),
    })
    visit(operation, visitor)
    // Grows while it is walked.
    for (const name of spread) {
      const fragment = document.definitions.find(
        (node) => node.kind === Kind.FRAGMENT_DEFINITION && node.name.value === name,
      )
      if (fragment) visit(fragment, visitor)
    }
    return hints
  }

  #ofField(typeInfo: TypeInfo, { name: { value: name } }: FieldNode): CacheHint[] {
    if (name === '__typename') return []
    const parent = typeInfo.getParentType()
    const field = parent && !isUnionType(parent) ? parent.getFields()[name] : undefined
    if (!parent || !field) return [{ maxAge: 0 }]
    const returned = getNamedType(field.type)
    if (!isAbstractType(parent)) return [this.#ofObjectField(parent, name, returned)]
    const own = this.#hints.get(`${parent.name}.${name}`) ?? {}
    return [own, ...this.#schema.getPossibleTypes(parent).map((type) => this.#ofObjectField(type, name, returned))]
  }

  #ofObjectField(parent: GraphQLCompositeType, name: string, returned: GraphQLNamedType): CacheHint {
    const field = this.#hints.get(`${parent.name}.${name}`) ?? {}
    const type = isCompositeType(returned) ? this.#ofType(returned) : {}
    const inherits = type.inheritMaxAge || (field.inheritMaxAge && type.maxAge === undefined)
    const scope = this.#isProtected(parent.name, name) ? 'PRIVATE' : (field.scope ?? type.scope)
    const isOwnAge = isCompositeType(returned) ? !inherits : false
    const isRoot = parent === this.#schema.getQueryType()
    const maxAge = field.maxAge ?? type.maxAge ?? (isOwnAge || isRoot ? 0 : undefined)
    return { ...(maxAge !== undefined && { maxAge }), ...(scope && { scope }) }
  }

  #ofType(type: GraphQLCompositeType): CacheHint {
    const own = this.#hints.get(type.name) ?? {}
    if (!isAbstractType(type)) return own
    const possible = this.#schema.getPossibleTypes(type).map((each) => this.#hints.get(each.name) ?? {})
    const says = own.maxAge !== undefined || own.inheritMaxAge
    const open = !says && possible.some(({ maxAge, inheritMaxAge }) => maxAge === undefined && !inheritMaxAge)
    const ages = [own, ...possible].flatMap(({ maxAge }) => (maxAge === undefined ? [] : [maxAge]))
    const scopes = [own, ...possible].flatMap(({ scope }) => (scope === undefined ? [] : [scope]))
    return {
      ...(open ? { maxAge: 0 } : ages.length > 0 ? { maxAge: Math.min(...ages) } : { inheritMaxAge: true }),
      ...(scopes.length > 0 && { scope: scopes.includes('PRIVATE') ? 'PRIVATE' : 'PUBLIC' }),
    }
  }
}

function least(hints: readonly CacheHint[]): CachePolicy {
  const ages = hints.flatMap(({ maxAge }) => (maxAge === undefined ? [] : [maxAge]))
  return {
    maxAge: ages.reduce((shortest, age) => Math.min(shortest, age), ages[0] ?? 0),
    scope: hints.some(({ scope }) => scope === 'PRIVATE') ? 'PRIVATE' : 'PUBLIC',
  }
}
