import {
  type ASTNode,
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  getOperationAST,
  type GraphQLSchema,
  type InlineFragmentNode,
  isAbstractType,
  isObjectType,
  Kind,
  print,
  type SelectionSetNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql'
import type { ParsedOperation } from '../executors/executor.ts'

/** The response key that keeps a selection from being empty. */
const filler = 'nothingElse'

/**
 * The same operation with every named fragment written where it is spread, and without the type conditions of which the
 * schema alone says whether they hold.
 */
export function withoutFragments(schema: GraphQLSchema, parsed: ParsedOperation): ParsedOperation {
  const { definitions } = parsed.document
  const fragments = new Map<string, FragmentDefinitionNode>()
  for (const definition of definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition)
  }
  const document: DocumentNode = { kind: Kind.DOCUMENT, definitions: [parsed.operation] }
  const written: DocumentNode = visit(document, {
    FragmentSpread({ name, directives = [] }): InlineFragmentNode | undefined {
      const fragment = fragments.get(name.value)
      if (!fragment) return undefined
      const { typeCondition, selectionSet } = fragment
      return { kind: Kind.INLINE_FRAGMENT, directives, typeCondition, selectionSet }
    },
  })
  return reparsed(parsed, withoutDecidedTypes(schema, written))
}

/** The same operation with what is selected of an interface or a union written for each of its types. */
export function perType(schema: GraphQLSchema, parsed: ParsedOperation): ParsedOperation {
  const types = new TypeInfo(schema)
  const written: DocumentNode = visit(
    withoutFragments(schema, parsed).document,
    visitWithTypeInfo(types, {
      SelectionSet(selectionSet): SelectionSetNode | undefined {
        const parent = types.getParentType()
        if (!isAbstractType(parent)) return undefined
        const selections = schema.getPossibleTypes(parent).map(({ name }): InlineFragmentNode => ({
          kind: Kind.INLINE_FRAGMENT,
          typeCondition: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: name } },
          selectionSet,
        }))
        return { ...selectionSet, selections }
      },
    }),
  )
  return reparsed(parsed, withoutDecidedTypes(schema, written))
}

/** Of an object whose type the schema says, there is no need to ask whether it is of that type. */
function withoutDecidedTypes(schema: GraphQLSchema, document: DocumentNode): DocumentNode {
  const types = new TypeInfo(schema)
  const decided: DocumentNode = visit(
    document,
    visitWithTypeInfo(types, {
      InlineFragment({ typeCondition, ...fragment }): InlineFragmentNode | null | undefined {
        const parent = types.getParentType()
        const condition = typeCondition && schema.getType(typeCondition.name.value)
        if (!isObjectType(parent) || !condition) return undefined
        const holds = condition === parent || (isAbstractType(condition) && schema.isSubType(condition, parent))
        return holds ? fragment : null
      },
    }),
  )
  return filled(decided)
}

/** The same operation with every @skip and @include decided beforehand. `variables` are coerced. */
export function withoutConditions(
  parsed: ParsedOperation,
  variables: Readonly<Record<string, unknown>>,
): ParsedOperation {
  const decided: DocumentNode = visit(parsed.document, {
    Field: (node) => decide(node, variables),
    InlineFragment: (node) => decide(node, variables),
    FragmentSpread: (node) => decide(node, variables),
  })
  return reparsed(parsed, filled(decided))
}

/** Data of such an operation without what stood in for empty selections. */
export function withoutFillers(data: unknown): unknown {
  if (data === undefined) return undefined
  return JSON.parse(JSON.stringify(data), (key, value: unknown) => (key === filler ? undefined : value))
}

const fillerField: FieldNode = {
  kind: Kind.FIELD,
  alias: { kind: Kind.NAME, value: filler },
  name: { kind: Kind.NAME, value: '__typename' },
}

function filled(document: DocumentNode): DocumentNode {
  return visit(document, {
    SelectionSet: (node) => (node.selections.length > 0 ? undefined : { ...node, selections: [fillerField] }),
  })
}

function reparsed(parsed: ParsedOperation, document: DocumentNode): ParsedOperation {
  const operation = getOperationAST(document, parsed.operationName)
  if (!operation) throw new Error('The operation is gone')
  return { ...parsed, query: print(document), document, operation }
}

function decide<T extends ASTNode & { readonly directives?: readonly DirectiveNode[] | undefined }>(
  node: T,
  variables: Readonly<Record<string, unknown>>,
): T | null {
  for (const { name, arguments: [condition] = [] } of node.directives ?? []) {
    const value = condition?.value
    const isMet =
      value?.kind === Kind.BOOLEAN ? value.value : value?.kind === Kind.VARIABLE && variables[value.name.value]
    if (isMet === (name.value === 'skip')) return null
  }
  return { ...node, directives: [] }
}
