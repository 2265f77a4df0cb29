/** What a cell of the matrix says. */
export type Outcome = string

interface Answered {
  readonly status: number
  readonly data: Record<string, unknown> | null | undefined
  readonly errors: readonly { readonly extensions: Readonly<Record<string, unknown>> }[] | undefined
}

/**
 * What became of asking for one field: `yes` and a value was given or a mutation done, `null` and nothing was said,
 * `[]` and it was an empty list; the code of the refusal in lower case; `401` or `403` when the whole request was
 * refused.
 */
export function outcomeOf({ status, data, errors }: Answered, value: unknown): Outcome {
  if (status === 401 || status === 403) return String(status)
  const [error] = errors ?? []
  if (error) return String(error.extensions['code']).toLowerCase().replaceAll('_', ' ')
  if (!data || value === null || value === undefined) return 'null'
  if (Array.isArray(value)) return value.length === 0 ? '[]' : 'yes'
  const { userErrors } = value as { userErrors?: readonly { readonly code: string }[] }
  return userErrors?.[0] ? userErrors[0].code.toLowerCase().replaceAll('_', ' ') : 'yes'
}
