let passwords: Promise<ReadonlySet<string>> | undefined

/**
 * Whether an attacker would try this password early: it is one of the 49,233 most common ones that zxcvbn-ts keeps, in
 * whatever case. The list is loaded with the first password that is chosen, so that no start waits for it.
 */
export async function isCommonPassword(password: string): Promise<boolean> {
  passwords ??= load()
  return (await passwords).has(password.toLowerCase())
}

async function load(): Promise<ReadonlySet<string>> {
  const { dictionary } = await import('@zxcvbn-ts/language-common')
  return new Set(dictionary['passwords-common'].map((password) => password.toLowerCase()))
}
