import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { numbered } from '@cartograph/test-kit'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { mailboxMailer } from '../src/mailbox-mailer.ts'
import { type Mailer, MailRefusedError } from '../src/mailer.ts'
import { hostileMails, mail } from './hostile-mails.ts'

let folder: string
let mailer: Mailer
const now = () => new Date('2026-11-24T09:30:00Z')
beforeEach(async () => {
  folder = path.join(await mkdtemp(path.join(os.tmpdir(), 'cartograph-mail-')), 'outbox')
  mailer = mailboxMailer({ folder, from: 'Cartograph <shop@cartograph.example>', now })
})
afterEach(() => rm(path.dirname(folder), { recursive: true }))

describe('mailboxMailer', () => {
  test('writes the mail as mail programs read it', async () => {
    await mailer.send({ ...mail, text: 'Order C-1001\n\n  1  Coffee\n.\n' })
    expect(await readdir(folder)).toEqual(['order-confirmation-019a.eml'])
    expect(await readFile(path.join(folder, 'order-confirmation-019a.eml'), 'utf8')).toBe(
      [
        'From: Cartograph <shop@cartograph.example>',
        'To: jane@example.com',
        'Subject: Order C-1001 is confirmed',
        'Message-ID: <order-confirmation-019a@cartograph.example>',
        'Date: Tue, 24 Nov 2026 09:30:00 +0000',
        'Content-Transfer-Encoding: 7bit',
        'MIME-Version: 1.0',
        'Content-Type: text/plain; charset=utf-8',
        '',
        'Order C-1001',
        '',
        '  1  Coffee',
        '.',
        '',
      ].join('\r\n'),
    )
  })

  test('writes what is not ASCII so that every mail program can read it', async () => {
    await mailer.send({ ...mail, subject: 'Café' })
    const written = await readFile(path.join(folder, `${mail.id}.eml`), 'utf8')
    expect(written).toMatch(/^[\r\n\x20-\x7e]*$/)
    expect(written).toContain('Subject: =?UTF-8?Q?Caf=C3=A9?=')
    expect(written).toContain('  1  Caf=C3=A9 cr=C3=A8me')
  })

  test('the same mail, twice and eight times at once, is one file', async () => {
    await mailer.send(mail)
    await Promise.all(numbered(8, () => mailer.send(mail)))
    expect(await readdir(folder)).toEqual([`${mail.id}.eml`])
  })

  test('a mail that cannot be written leaves nothing behind', async () => {
    await mkdir(path.join(folder, `${mail.id}.eml`), { recursive: true })
    await expect(mailer.send(mail)).rejects.toThrow('EISDIR')
    expect(await readdir(folder)).toEqual([`${mail.id}.eml`])
    await rm(folder, { recursive: true })
    await writeFile(folder, 'a file where the folder should be')
    await expect(mailer.send(mail)).rejects.toThrow('EEXIST')
    expect(await readdir(path.dirname(folder))).toEqual(['outbox'])
  })

  test.each(Object.entries(hostileMails))('%s is refused, and nothing is written', async (_, hostile) => {
    await expect(mailer.send(hostile)).rejects.toThrow(MailRefusedError)
    expect(await readdir(path.dirname(folder))).toEqual([])
  })
})
