import { type ConstDirectiveNode, type DirectiveNode, Kind, parse, print, visit } from 'graphql'

const permissionDirectives = new Set(['authenticated', 'requiresScopes', 'policy'])
const permissionDefinitions = /^(authenticated|requiresScopes|policy)(__.+)?$|^federation__(Scope|Policy)$/

/**
 * The supergraph without @authenticated, @requiresScopes and @policy. @apollo/gateway refuses to load one that has them,
 * since it enforces none; the subgraphs enforce them, and supergraph.graphql keeps them for routers that do.
 */
export function withoutPermissions(supergraphSdl: string): string {
  const others = (directives: readonly DirectiveNode[] | undefined) =>
    (directives ?? []).filter((directive) => !permissionDirectives.has(directive.name.value)) as ConstDirectiveNode[]
  return print(
    visit(parse(supergraphSdl), {
      SchemaDefinition: (node) => ({
        ...node,
        directives: others(node.directives).filter((directive) => !linksPermissions(directive)),
      }),
      DirectiveDefinition: (node) => (permissionDefinitions.test(node.name.value) ? null : undefined),
      ScalarTypeDefinition: (node) => (permissionDefinitions.test(node.name.value) ? null : undefined),
      ObjectTypeDefinition: { leave: (node) => ({ ...node, directives: others(node.directives) }) },
      InterfaceTypeDefinition: { leave: (node) => ({ ...node, directives: others(node.directives) }) },
      EnumTypeDefinition: (node) => ({ ...node, directives: others(node.directives) }),
      FieldDefinition: (node) => ({ ...node, directives: others(node.directives) }),
    }),
  )
}

/** `@link(url: "https://specs.apollo.dev/requiresScopes/v0.1", for: SECURITY)` */
function linksPermissions(directive: DirectiveNode): boolean {
  return (
    directive.name.value === 'link' &&
    (directive.arguments ?? []).some(
      ({ name, value }) => name.value === 'for' && value.kind === Kind.ENUM && value.value === 'SECURITY',
    )
  )
}
