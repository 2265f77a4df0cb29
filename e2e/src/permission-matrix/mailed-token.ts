import { randomUUID } from 'node:crypto'
import { eventually } from '@cartograph/test-kit'
import { ask } from '../shop-client.ts'
import { mailsOf } from '../standing.ts'
import type { MatrixShop } from './matrix-shop.ts'

const refusals = 'userErrors { code }'

/** A new account's token for a page, out of the mail that it was sent. */
export async function mailedToken(
  shop: MatrixShop,
  page: 'verify-email' | 'reset-password' | 'change-email',
): Promise<string> {
  const [email, password, newEmail] = [`${randomUUID()}@example.com`, randomUUID(), `${randomUUID()}@example.com`]
  const { userRegister } = await shop.as<{ userRegister: { session: { accessToken: string } } }>(
    null,
    `mutation { userRegister(input: { email: "${email}", password: "${password}", displayName: "N" }) {
      session { accessToken } ${refusals} } }`,
  )
  if (page === 'reset-password')
    await shop.as(null, `mutation { passwordResetRequest(email: "${email}") { ${refusals} } }`)
  if (page === 'change-email')
    await ask(
      shop.url,
      `mutation { emailChangeRequest(currentPassword: "${password}", newEmail: "${newEmail}") { ${refusals} } }`,
      {},
      { authorization: `Bearer ${userRegister.session.accessToken}` },
    )
  const addressee = page === 'change-email' ? newEmail : email
  return eventually(() => {
    const mails = mailsOf(shop).filter((mail) => mail.includes(`To: ${addressee}`))
    const text = mails.join('\n').replaceAll('=\r\n', '').replaceAll('=3D', '=')
    const [, token] = new RegExp(`${page}\\?token=([\\w-]+)`).exec(text) ?? []
    if (token === undefined) throw new Error(`${addressee} was not sent a link to ${page}`)
    return token
  })
}
