import { parseEnvironment, serviceEnvironment } from '@cartograph/service-runtime'
import { expect, test } from 'vitest'
import { checkMailEnvironment, mailEnvironment } from '../src/index.ts'

const environment = serviceEnvironment.extend(mailEnvironment).superRefine(checkMailEnvironment)
const parse = (variables: Record<string, string>) => parseEnvironment(environment, { PORT: '0', ...variables })

test.each([
  ['who sells', { NODE_ENV: 'production', SMTP_URL: 'smtp://mail.example' }],
  ['a developer', { NODE_ENV: 'development', MAILBOX_DIR: '/tmp/mailbox', SMTP_URL: '' }],
  ['a demonstration', { NODE_ENV: 'production', DEMONSTRATION: 'true', MAILBOX_DIR: '/tmp/mailbox' }],
])('is usable for %s', (_, variables) => {
  expect(parse(variables)).toMatchObject({ NODE_ENV: variables.NODE_ENV })
})

test.each([
  ['mails that go nowhere', { NODE_ENV: 'production' }, 'SMTP_URL: is missing; in production mails are sent, not kept'],
  [
    'mails that are kept where they should be sent',
    { NODE_ENV: 'production', MAILBOX_DIR: '/tmp/mailbox' },
    'SMTP_URL: is missing; in production mails are sent, not kept',
  ],
  [
    'no mailer in development',
    { NODE_ENV: 'development' },
    'MAILBOX_DIR: is missing, and so is SMTP_URL; mails are written to the one or sent by the other',
  ],
  [
    'a server that is none',
    { NODE_ENV: 'production', SMTP_URL: 'https://mail.example' },
    'SMTP_URL: is not an smtp://',
  ],
])('refuses %s, by name', (_, variables, message) => {
  expect(() => parse(variables)).toThrow(message)
})
