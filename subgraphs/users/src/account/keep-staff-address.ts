import { invalidInput, Refused } from '@cartograph/error-catalogue'
import type { Role } from '@cartograph/viewer'
import type { UsersRequest } from './users-request.ts'

/**
 * Refuses another e-mail address for an account with a staff role, where staff must sign in at a provider: a provider is
 * linked by the address, so whoever changes it by the password alone would come in by a provider of their own.
 */
export function keepStaffAddress(
  { staffSignIn }: Pick<UsersRequest, 'staffSignIn'>,
  roles: readonly Role[],
  path: string[],
) {
  if (staffSignIn === 'provider' && roles.some((role) => role !== 'CUSTOMER'))
    throw new Refused([invalidInput('The account of staff keeps its address as long as it has a staff role.', path)])
}
