import { optionalVariable, type ServiceEnvironment } from '@cartograph/service-runtime'
import { z } from 'zod'

/** What a service that mails reads beside its own: `.extend(mailEnvironment)`, and `checkMailEnvironment` behind it. */
export const mailEnvironment = {
  /** Set to `true` where nothing is really sold: mails may then be kept in a folder in production. */
  DEMONSTRATION: z
    .enum(['true', 'false', ''])
    .default('false')
    .transform((text) => text === 'true'),
  /** Where mails are written when no SMTP server is given. */
  MAILBOX_DIR: optionalVariable(z.string()),
  SMTP_URL: optionalVariable(z.url({ protocol: /^smtps?$/, error: 'is not an smtp:// URL' })),
  MAIL_FROM: z.string().default('Cartograph <orders@cartograph.example>'),
}

const mailVariables = z.object(mailEnvironment)
export type MailEnvironment = z.infer<typeof mailVariables>

/** Refuses an environment in which mails would go nowhere, or be kept where they should be sent. For `superRefine`. */
export function checkMailEnvironment(
  environment: MailEnvironment & Pick<ServiceEnvironment, 'NODE_ENV'>,
  context: z.RefinementCtx,
): void {
  const { NODE_ENV, DEMONSTRATION, SMTP_URL, MAILBOX_DIR } = environment
  const problem = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message })
  if (SMTP_URL !== undefined) return
  if (NODE_ENV === 'production' && !DEMONSTRATION)
    problem('SMTP_URL', 'is missing; in production mails are sent, not kept')
  else if (MAILBOX_DIR === undefined)
    problem('MAILBOX_DIR', 'is missing, and so is SMTP_URL; mails are written to the one or sent by the other')
}
