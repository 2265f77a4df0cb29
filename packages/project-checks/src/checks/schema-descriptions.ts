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

type Member = FieldDefinitionNode | InputValueDefinitionNode | EnumValueDefinitionNode

/**
 * Types and their members without a description. Root types are described by their fields; arguments by their names;
 * an external field by its owner; a deprecated member by the reason.
 */
export function descriptionProblems(document: DocumentNode): SchemaProblem[] {
  return document.definitions.flatMap((type) => {
    if (!isTypeDefinitionNode(type) && !isTypeExtensionNode(type)) return []
    const name = type.name.value
    const members: readonly Member[] = ('fields' in type ? type.fields : 'values' in type ? type.values : []) ?? []
    const isBare = isTypeDefinitionNode(type) && !type.description && !roots.includes(name)
    return [
      ...(isBare ? [{ node: type, message: `${name} has no description` }] : []),
      ...members
        .filter((member) => !member.description && !directiveOf(member, 'deprecated') && !directiveOf(member, 'external'))
        .map((member) => ({ node: member, message: `${name}.${member.name.value} has no description` })),
    ]
  })
}
