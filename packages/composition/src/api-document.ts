import { type ConstDirectiveNode, type DocumentNode, type NameNode, parse, visit } from 'graphql'

const directivesOfGraphQL = ['deprecated', 'specifiedBy', 'oneOf']

type Directed = { readonly name: NameNode; readonly directives?: readonly ConstDirectiveNode[] | undefined }

/**
 * The API that clients see of a supergraph: without what is @inaccessible, and without what federation and its specifications
 * have added. Of directives those of GraphQL stay where they are used, and those in `keeping`, of which none is defined.
 */
export function apiDocument(supergraphSdl: string, keeping: readonly string[] = []): DocumentNode {
  const kept = new Set([...directivesOfGraphQL, ...keeping])
  const enter = ({ name, directives }: Directed) => {
    const isOfFederation = name.value.includes('__')
    return isOfFederation || directives?.some((directive) => directive.name.value === 'inaccessible') ? null : undefined
  }
  return visit(parse(supergraphSdl, { noLocation: true }), {
    SchemaDefinition: (node) => ({ ...node, directives: [] }),
    DirectiveDefinition: () => null,
    Directive: ({ name }) => (kept.has(name.value) ? undefined : null),
    ScalarTypeDefinition: { enter },
    EnumTypeDefinition: { enter },
    EnumValueDefinition: { enter },
    InputObjectTypeDefinition: { enter },
    InputValueDefinition: { enter },
    ObjectTypeDefinition: { enter },
    InterfaceTypeDefinition: { enter },
    UnionTypeDefinition: { enter },
    FieldDefinition: { enter },
  })
}
