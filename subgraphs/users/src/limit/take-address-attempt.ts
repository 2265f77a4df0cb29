import type { UsersRequest } from '../account/users-request.ts'
import { clientNetwork } from './client-network.ts'
import { triesFromAddress } from './limits.ts'
import { takeAttempt } from './take-attempt.ts'

/** As takeAttempt, for where the request comes from; where nobody knows that there is nothing to count. */
export async function takeAddressAttempt(
  request: Pick<UsersRequest, 'db' | 'viewer' | 'now' | 'triesPerAddress'>,
): Promise<void> {
  const { clientAddress } = request.viewer
  if (clientAddress === null) return
  await takeAttempt(request, triesFromAddress(request.triesPerAddress), clientNetwork(clientAddress))
}
