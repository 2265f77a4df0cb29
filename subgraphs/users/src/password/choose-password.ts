import { refuseIfAny } from '@cartograph/error-catalogue'
import { hashPassword } from '../session/password.ts'
import { checkPassword, type PasswordOwner } from './check-password.ts'

/** The hash of a password that somebody chooses for an account. Refuses one that the rules do not allow. */
export async function choosePassword(password: string, path: string[], owner: PasswordOwner): Promise<string> {
  refuseIfAny(await checkPassword(password, path, owner))
  return hashPassword(password)
}
