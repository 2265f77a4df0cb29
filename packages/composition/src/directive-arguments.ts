import { type ConstDirectiveNode, valueFromASTUntyped } from 'graphql'

/** What a directive of a schema is given, by the names of its arguments; enum values as their names. */
export function argumentsOf({ arguments: given = [] }: ConstDirectiveNode): Readonly<Record<string, unknown>> {
  return Object.fromEntries(given.map(({ name, value }) => [name.value, valueFromASTUntyped(value)]))
}

/** What each directive of one name in `directives` is given. */
export function argumentsOfEach(
  directives: readonly ConstDirectiveNode[] | undefined,
  directiveName: string,
): Readonly<Record<string, unknown>>[] {
  return (directives ?? []).filter(({ name }) => name.value === directiveName).map(argumentsOf)
}
