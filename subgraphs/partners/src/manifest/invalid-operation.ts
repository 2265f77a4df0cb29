import type { UserErrorData } from '@cartograph/error-catalogue'

export interface InvalidOperation extends UserErrorData {
  readonly operationId: string
  readonly operationName: string | null
}

/** Why the operation at this place of the argument `operations` is refused. */
export function invalidOperation(
  { id, name, index }: { readonly id: string; readonly name: string | null; readonly index: number },
  message: string,
): InvalidOperation {
  return {
    __typename: 'InvalidOperationError',
    code: 'INVALID_OPERATION',
    message: `${message.charAt(0).toUpperCase()}${message.slice(1)}`,
    path: ['operations', String(index), 'body'],
    operationId: id,
    operationName: name,
  }
}
