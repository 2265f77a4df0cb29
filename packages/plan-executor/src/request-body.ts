import type { Execution } from './execution.ts'

/** A GraphQL request over HTTP, up to its first variable. */
export function bodyStart(operation: string): string {
  return `{"query":${JSON.stringify(operation)},"variables":{`
}

/** The members of `names` that the client gave, each followed by a comma. */
export function variablesText(names: Iterable<string>, { variables }: Execution): string {
  let text = ''
  for (const name of names) {
    const value = Object.hasOwn(variables, name) ? variables[name] : undefined
    if (value !== undefined) text += `${JSON.stringify(name)}:${JSON.stringify(value)},`
  }
  return text
}
