import { Refused, validationError } from '@cartograph/error-catalogue'
import { isUniqueViolation } from '@cartograph/service-runtime'

/** Runs `write`, and refuses a name that another partner has: of two that take one at once, one is refused. */
export async function refuseTakenName<Outcome>(write: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await write()
  } catch (error) {
    if (isUniqueViolation(error, 'partner_name_key'))
      throw new Refused([validationError('NAME_TAKEN', 'Another partner has this name.', ['input', 'name'])])
    throw error
  }
}
