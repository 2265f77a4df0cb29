import { argumentsOf } from '@cartograph/composition/directive-arguments'
import { type ConstDirectiveNode, Kind, parse } from 'graphql'

/** What one @cacheControl says. */
export interface CacheHint {
  readonly maxAge?: number
  readonly scope?: 'PUBLIC' | 'PRIVATE'
  readonly inheritMaxAge?: true
}

/** What the @cacheControl of a supergraph say, by schema coordinates: `Type` and `Type.field`. */
export function cacheHintsOf(supergraphSdl: string): ReadonlyMap<string, CacheHint> {
  const hints = new Map<string, CacheHint>()
  const read = (coordinate: string, directives: readonly ConstDirectiveNode[] = []) => {
    const directive = directives.find(({ name }) => name.value === 'cacheControl')
    if (directive) hints.set(coordinate, hintOf(directive))
  }
  for (const node of parse(supergraphSdl).definitions) {
    if (
      node.kind !== Kind.OBJECT_TYPE_DEFINITION &&
      node.kind !== Kind.INTERFACE_TYPE_DEFINITION &&
      node.kind !== Kind.UNION_TYPE_DEFINITION
    )
      continue
    read(node.name.value, node.directives)
    if (node.kind === Kind.UNION_TYPE_DEFINITION) continue
    for (const field of node.fields ?? []) read(`${node.name.value}.${field.name.value}`, field.directives)
  }
  return hints
}

/** As Apollo Server reads it: beside `inheritMaxAge: true` a maxAge does not count. */
function hintOf(directive: ConstDirectiveNode): CacheHint {
  const { maxAge, scope, inheritMaxAge } = argumentsOf(directive)
  return {
    ...(inheritMaxAge === true ? { inheritMaxAge } : typeof maxAge === 'number' && { maxAge }),
    ...((scope === 'PUBLIC' || scope === 'PRIVATE') && { scope }),
  }
}
