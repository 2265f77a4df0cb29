import { invalidInput, type UserErrorData } from '@cartograph/error-catalogue'
import { z } from 'zod'

const email = z.email().max(254)

/** As it is stored and compared: without surrounding space, in lower case. */
export function normalizedEmail(text: string): string {
  return text.trim().toLowerCase()
}

export function checkEmail(text: string, path: string[]): UserErrorData[] {
  return email.safeParse(text).success ? [] : [invalidInput('That is not an e-mail address.', path)]
}

export function checkDisplayName(name: string, path: string[]): UserErrorData[] {
  const length = [...name.trim()].length
  return length >= 1 && length <= 100 ? [] : [invalidInput('A name has 1 to 100 characters.', path)]
}
