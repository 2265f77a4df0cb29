import {
  type DocumentNode,
  type EnumValueDefinitionNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  isTypeDefinitionNode,
  isTypeExtensionNode,
} from 'graphql'
import { directiveOf, type SchemaProblem } from './schema-problem.ts'

const roots = ['Query', 'Mutation', 'Subscription']
const excuses = ['deprecated', 'external']

type Member = FieldDefinitionNode | InputValueDefinitionNode | EnumValueDefinitionNode

/**
 * Types and their members without a description. Root types are described by their fields; arguments by their names;
 * an external field by its owner; a deprecated member by the reason.
 */
export function descriptionProblems(document: DocumentNode): SchemaProblem[] {
  return document.definitions.flatMap((type) => {
    if (!isTypeDefinitionNode(type) && !isTypeExtensionNode(type)) return []
    const typeName = type.name.value
    const members: readonly Member[] = ('fields' in type ? type.fields : 'values' in type ? type.values : []) ?? []
    const isBare = isTypeDefinitionNode(type) && !type.description && !roots.includes(typeName)
    return [
      ...(isBare ? [{ node: type, message: `${typeName} has no description` }] : []),
      ...members
        .filter((member) => !member.description && !excuses.some((name) => directiveOf(member, name)))
        .map((member) => ({ node: member, message: `${typeName}.${member.name.value} has no description` })),
    ]
  })
}
