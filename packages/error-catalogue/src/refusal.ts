import type { RefusalCode } from './error-code.ts'

/** A refusal as a payload's `userErrors` shows it. `__typename` is the concrete type; it may have further fields. */
export interface UserErrorData {
  readonly __typename: string
  readonly code: RefusalCode
  readonly message: string
  /** The argument at fault, from the root of the field's arguments. */
  readonly path: string[] | null
}

/** Thrown by a use case to refuse what its user can mend; a transaction it passes through is rolled back. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly userErrors: readonly UserErrorData[]

  constructor(userErrors: readonly UserErrorData[]) {
    super(userErrors.map((error) => error.message).join(' '))
    this.userErrors = userErrors
  }
}

export function invalidInput(message: string, path: string[]): UserErrorData {
  return validationError('INVALID_INPUT', message, path)
}

export function validationError(code: RefusalCode, message: string, path: string[] | null): UserErrorData {
  return { __typename: 'ValidationError', code, message, path }
}

export function notFound(message: string, path: string[]): UserErrorData {
  return { __typename: 'NotFoundError', code: 'NOT_FOUND', message, path }
}

/** Throws Refused with all `problems`, so that a user can mend them in one go; does nothing when there are none. */
export function refuseIfAny(problems: readonly UserErrorData[]): void {
  if (problems.length > 0) throw new Refused(problems)
}

/** A mutation's payload: the outcome of `run` under `field`, or null and the refusals. Other errors pass through. */
export async function payload<Field extends string, Outcome>(
  field: Field,
  run: () => Promise<Outcome>,
): Promise<Record<Field, Outcome | null> & { userErrors: UserErrorData[] }> {
  try {
    return { [field]: await run(), userErrors: [] } as never
  } catch (error) {
    if (error instanceof Refused) return { [field]: null, userErrors: [...error.userErrors] } as never
    throw error
  }
}

/** `__resolveType` of the interface UserError. */
export const resolveUserErrorType = (error: UserErrorData): never => error.__typename as never
