import { invalidInput, refuseIfAny } from '@cartograph/error-catalogue'
import { partnerScopes } from '@cartograph/viewer'

export interface PartnerSettings {
  readonly name?: string | undefined
  readonly scopes?: readonly string[] | undefined
  readonly pointsPerMinute?: number | undefined
}

const mostPoints = 1_000_000
// PostgreSQL keeps no text with a NUL.
const isName = (name: string) => name.length > 0 && name.length <= 100 && !name.includes('\u0000')
const isPartnerScope = (scope: string) => partnerScopes.some((known) => known === scope)

/** The settings as they are kept: the name trimmed, the scopes each once and sorted. Refuses, in `input`, all that breaks a rule. */
export function checkPartner<Settings extends PartnerSettings>(settings: Settings): Settings {
  const name = settings.name?.trim()
  const { scopes, pointsPerMinute } = settings
  const unknown = [...new Set(scopes)].filter((scope) => !isPartnerScope(scope))
  refuseIfAny([
    ...(name === undefined || isName(name) ? [] : [invalidInput('name has 1 to 100 characters.', ['input', 'name'])]),
    ...(unknown.length === 0
      ? []
      : [
          invalidInput(`Partners cannot have ${unknown.join(', ')}, but ${partnerScopes.join(', ')}.`, [
            'input',
            'scopes',
          ]),
        ]),
    ...(pointsPerMinute === undefined || (pointsPerMinute >= 1 && pointsPerMinute <= mostPoints)
      ? []
      : [invalidInput('pointsPerMinute is 1 to 1,000,000.', ['input', 'pointsPerMinute'])]),
  ])
  return {
    ...settings,
    ...(name !== undefined && { name }),
    ...(scopes !== undefined && { scopes: [...new Set(scopes)].sort() }),
  }
}
