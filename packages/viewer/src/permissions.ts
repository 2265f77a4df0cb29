import { requestError } from '@cartograph/error-catalogue'
import { type DirectiveNode, type DocumentNode, Kind } from 'graphql'
import { middleware, type IMiddlewareGenerator } from 'graphql-middleware'
import { and, type IRules, rule, shield } from 'graphql-shield'
import type { Viewer } from './viewer.ts'

export interface ViewerContext {
  readonly viewer: Viewer
}

export type Rule = ReturnType<ReturnType<typeof rule>>
type Generator = IMiddlewareGenerator<unknown, ViewerContext, unknown>

export interface Permissions {
  /** Rules beyond the schema's directives, mostly ownership, by coordinate: `Order.*` or `User.email`. */
  readonly rules: Readonly<Record<string, Rule>>
  /** Root fields that anybody may call, each with the reason. */
  readonly publicRootFields: Readonly<Record<string, string>>
}

/** A rule on the viewer and the parent object. Never cached: an answer for one parent must not serve another. */
export function viewerRule<Parent = unknown>(
  name: string,
  isAllowed: (viewer: Viewer, parent: Parent) => boolean | Promise<boolean>,
): Rule {
  return rule(name, { cache: 'no_cache' })(
    async (parent: Parent, _args, context: ViewerContext) =>
      (await isAllowed(context.viewer, parent)) || refusal(context.viewer),
  )
}

const authenticated = viewerRule('authenticated', (viewer) => viewer.userId !== null)

const scopeRules = new Map<string, Rule>()

/** One rule for equal arguments: shield takes two rules of one name for a mistake. */
function requiresScopes(alternatives: readonly (readonly string[])[]): Rule {
  const name = `requiresScopes ${JSON.stringify(alternatives)}`
  const known = scopeRules.get(name)
  if (known) return known
  const made = viewerRule(name, (viewer) =>
    alternatives.some((scopes) => scopes.every((scope) => viewer.scopes.includes(scope))),
  )
  scopeRules.set(name, made)
  return made
}

function refusal(viewer: Viewer): Error {
  return viewer.kind === 'guest'
    ? requestError('UNAUTHENTICATED', 'Sign in to see or do this.')
    : requestError('FORBIDDEN', 'You may not see or do this.')
}

/**
 * graphql-shield rules for a subgraph: those its SDL declares with @authenticated and @requiresScopes, together with
 * `permissions.rules`. Only fields with a rule are wrapped, the others cost nothing. Throws when a root field has
 * neither a rule nor a reason to be public, and when a rule names a field that the schema lacks.
 */
export function permissionMiddleware(typeDefs: DocumentNode, permissions: Permissions): Generator {
  const tree: Record<string, Record<string, Rule>> = {}
  const unused = new Set([...Object.keys(permissions.rules), ...Object.keys(permissions.publicRootFields)])
  const use = (coordinate: string) => (unused.delete(coordinate), permissions.rules[coordinate])
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
      else if (isRoot && !(coordinate in permissions.publicRootFields)) {
        throw new Error(`${coordinate} has neither a permission nor a reason to be public`)
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

function directiveRules(directives: readonly DirectiveNode[] | undefined): Rule[] {
  return (directives ?? []).flatMap((directive) => {
    if (directive.name.value === 'authenticated') return [authenticated]
    if (directive.name.value === 'requiresScopes') return [requiresScopes(scopesArgument(directive))]
    return []
  })
}

/** The sets of scopes of `@requiresScopes(scopes: [["a", "b"], ["c"]])`: all of one set are needed. */
export function scopesArgument(directive: DirectiveNode): string[][] {
  const value = directive.arguments?.find((argument) => argument.name.value === 'scopes')?.value
  const lists = value?.kind === Kind.LIST ? value.values : []
  return lists.map((list) =>
    (list.kind === Kind.LIST ? list.values : [list]).flatMap((scope) =>
      scope.kind === Kind.STRING ? [scope.value] : [],
    ),
  )
}
