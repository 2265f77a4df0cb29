import {
  type ASTNode,
  type DirectiveNode,
  type DocumentNode,
  getDirectiveValues,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql'

const typeNameField = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } } as const

/** The variables that decide a @skip or an @include of `document`; null when it has neither. */
export function conditionVariables(document: DocumentNode): string[] | null {
  const names = new Set<string>()
  let isConditional = false
  visit(document, {
    Directive(node) {
      if (!isCondition(node)) return
      isConditional = true
      for (const { value } of node.arguments ?? []) if (value.kind === Kind.VARIABLE) names.add(value.name.value)
    },
  })
  return isConditional ? [...names] : null
}

/**
 * What is left of `document` when each @skip and @include is decided, and none of them: planners mistake fields that are
 * selected both with a condition and without. Where nothing is left of a selection it asks for the type's name.
 */
export function decidedDocument(document: DocumentNode, variables: Readonly<Record<string, unknown>>): DocumentNode {
  const decided = (node: SelectionNode) => (isIncluded(node, variables) ? withoutConditions(node) : null)
  return visit(document, {
    Field: decided,
    InlineFragment: decided,
    FragmentSpread: decided,
    SelectionSet: {
      leave: (node): SelectionSetNode | undefined =>
        node.selections.length === 0 ? { ...node, selections: [typeNameField] } : undefined,
    },
  })
}

function isIncluded(node: SelectionNode, variables: Readonly<Record<string, unknown>>): boolean {
  return (
    getDirectiveValues(GraphQLSkipDirective, node, variables)?.['if'] !== true &&
    getDirectiveValues(GraphQLIncludeDirective, node, variables)?.['if'] !== false
  )
}

function withoutConditions(node: SelectionNode): ASTNode | undefined {
  const directives = node.directives?.filter((directive) => !isCondition(directive))
  return directives?.length === node.directives?.length ? undefined : { ...node, directives: directives ?? [] }
}

function isCondition({ name }: DirectiveNode): boolean {
  return name.value === 'skip' || name.value === 'include'
}
