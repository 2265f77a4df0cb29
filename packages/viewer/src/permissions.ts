import { type DirectiveNode, type DocumentNode, Kind } from 'graphql'
import { middleware, type IMiddlewareGenerator } from 'graphql-middleware'
import { and, type IRules, rule, shield } from 'graphql-shield'
import { declaredPermissions, permissionRefusal } from './declared-permission.ts'
import type { Viewer } from './viewer.ts'

export interface ViewerContext {
  readonly viewer: Viewer
}

export type Rule = ReturnType<ReturnType<typeof rule>>
type Generator = IMiddlewareGenerator<unknown, ViewerContext, unknown>

/** Rules beyond the schema's directives, mostly ownership, by coordinate: `Order.*` or `User.email`. */
export type Permissions = Readonly<Record<string, Rule>>

/** A rule on the viewer and the parent object. Never cached: an answer for one parent must not serve another. */
export function viewerRule<Parent = unknown>(
  name: string,
  isAllowed: (viewer: Viewer, parent: Parent) => boolean | Promise<boolean>,
): Rule {
  return rule(name, { cache: 'no_cache' })(
    async (parent: Parent, _args, context: ViewerContext) =>
      (await isAllowed(context.viewer, parent)) || permissionRefusal(context.viewer),
  )
}

/** One rule for equal declarations: shield takes two rules of one name for a mistake. */
const rulesOfDirectives = new Map<string, Rule>()

function directiveRules(directives: readonly DirectiveNode[] | undefined): Rule[] {
  return declaredPermissions(directives).map(({ name, isGranted }) => {
    const known = rulesOfDirectives.get(name) ?? viewerRule(name, isGranted)
    rulesOfDirectives.set(name, known)
    return known
  })
}

/**
 * graphql-shield rules for a subgraph: those its SDL declares with @authenticated and @requiresScopes, together with
 * `permissions`. Only fields with a rule are wrapped, the others cost nothing. Throws when a root field has neither a
 * rule nor @public, and when a rule names a field that the schema lacks.
 */
export function permissionMiddleware(typeDefs: DocumentNode, permissions: Permissions): Generator {
  const tree: Record<string, Record<string, Rule>> = {}
  const unused = new Set(Object.keys(permissions))
  const use = (coordinate: string) => (unused.delete(coordinate), permissions[coordinate])
  for (const type of typeDefs.definitions) {
    if (type.kind !== Kind.OBJECT_TYPE_DEFINITION && type.kind !== Kind.OBJECT_TYPE_EXTENSION) continue
    const typeName = type.name.value
    const isRoot = typeName === 'Query' || typeName === 'Mutation'
    const everyField = [...directiveRules(type.directives), use(`${typeName}.*`)]
    for (const field of type.fields ?? []) {
      const coordinate = `${typeName}.${field.name.value}`
      const rules = [...everyField, ...directiveRules(field.directives), use(coordinate)].filter(
        (found) => found !== undefined,
      )
      if (rules.length > 0)
        (tree[typeName] ??= {})[field.name.value] =
          rules.length === 1 ? (rules[0] as Rule) : (and(...rules) as unknown as Rule)
      else if (isRoot && !field.directives?.some((directive) => directive.name.value === 'public')) {
        throw new Error(`${coordinate} has neither a permission nor @public`)
      }
    }
  }
  if (unused.size > 0) throw new Error(`permissions name what the schema lacks: ${[...unused].join(', ')}`)
  const everyFieldWrapped = shield(tree as IRules, { allowExternalErrors: true }) as unknown as Generator
  return middleware((schema) => onlyFields(everyFieldWrapped.generate(schema), tree))
}

/** Shield wraps every field of every type, even those it allows to everybody; at ten fields a row that is dear. */
function onlyFields(generated: object, tree: Record<string, Record<string, Rule>>): object {
  const types = generated as Record<string, Record<string, unknown>>
  return Object.fromEntries(
    Object.entries(tree).map(([type, fields]) => [
      type,
      Object.fromEntries(Object.keys(fields).map((field) => [field, types[type]?.[field]])),
    ]),
  )
}
