/** The pages of the shop front that mails link to. */
export type StorePage = 'verify-email' | 'reset-password' | 'change-email'

/** The address of a page with a token, for whoever clicks it. */
export function storeLink(storeUrl: string, page: StorePage, token: string): string {
  const link = new URL(page, storeUrl)
  link.searchParams.set('token', token)
  return link.href
}
