import { type GraphQLLeafType, isEnumType } from 'graphql'

/** Characters that JSON escapes, and halves of surrogate pairs, which JSON.stringify escapes when they stand alone. */
// eslint-disable-next-line no-control-regex
const needsEscape = /["\\\u0000-\u001f\ud800-\udfff]/

/** JSON text of a string. */
export const quoted = (text: string): string => (needsEscape.test(text) ? JSON.stringify(text) : `"${text}"`)

const writers: Readonly<Record<string, (value: unknown) => string | null>> = {
  String: (value) => (typeof value === 'string' ? quoted(value) : null),
  ID: (value) => (typeof value === 'string' ? quoted(value) : Number.isSafeInteger(value) ? String(value) : null),
  Int: (value) => (Number.isSafeInteger(value) ? String(value) : null),
  Float: (value) => (Number.isFinite(value) ? String(value) : null),
  Boolean: (value) => (typeof value === 'boolean' ? String(value) : null),
}

/** JSON text of what JSON.parse made, or null for what is nested deeper than it can be written. */
export function jsonText(value: unknown): string | null {
  try {
    return JSON.stringify(value)
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

/**
 * The JSON text of a value of `type` as subgraphs answer it, or null for one that is none of that type; of scalars that are
 * not built in any value is.
 */
export function leafWriter(type: GraphQLLeafType): (value: unknown) => string | null {
  if (!isEnumType(type)) return writers[type.name] ?? jsonText
  const names = new Map<unknown, string>(type.getValues().map(({ name }) => [name, `"${name}"`]))
  return (value) => names.get(value) ?? null
}
