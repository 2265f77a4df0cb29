import type { SubgraphAnswer, SubgraphError } from '@cartograph/plan-executor'

/** Errors of one answer that are heard out. */
const mostErrors = 1_000

/** The answer in `text`, or null when it is not GraphQL. What it says of errors is brought into their form. */
export function parseAnswer(text: string): SubgraphAnswer | null {
  let answer: unknown
  try {
    answer = JSON.parse(text)
  } catch {
    return null
  }
  if (!isObject(answer)) return null
  const { data, errors } = answer
  if (data === undefined && errors === undefined) return null
  if (data !== undefined && data !== null && !isObject(data)) return null
  if (errors === undefined || errors === null) return { data }
  return Array.isArray(errors) ? { data, errors: errors.slice(0, mostErrors).map(errorOf) } : null
}

function errorOf(error: unknown): SubgraphError {
  if (!isObject(error)) return {}
  const { message, path, extensions } = error
  return {
    ...(typeof message === 'string' && { message }),
    ...(isPath(path) && { path }),
    ...(isObject(extensions) && { extensions }),
  }
}

function isPath(value: unknown): value is (string | number)[] {
  return Array.isArray(value) && value.every((element) => typeof element === 'string' || typeof element === 'number')
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
