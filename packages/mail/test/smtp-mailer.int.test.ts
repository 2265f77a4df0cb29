import { numbered } from '@cartograph/test-kit'
import type { SMTPServerOptions } from 'smtp-server'
import { afterEach, describe, expect, test } from 'vitest'
import { MailRefusedError } from '../src/mailer.ts'
import { type SmtpMailer, smtpMailer } from '../src/smtp-mailer.ts'
import { hostileMails, mail } from './hostile-mails.ts'
import { type SmtpUnderTest, startSmtp } from './smtp-under-test.ts'

const from = 'Cartograph <shop@cartograph.example>'
const now = () => new Date('2026-11-24T09:30:00Z')
let smtp: SmtpUnderTest
let mailer: SmtpMailer

async function start(options: SMTPServerOptions = {}, timeoutMs = 5000): Promise<void> {
  smtp = await startSmtp(options)
  mailer = smtpMailer({ url: smtp.url, from, now, timeoutMs })
}
afterEach(async () => {
  mailer.close()
  smtp.cut()
  await smtp.stop()
})

/** The server's no, in its own words. */
const no = (responseCode: number, message: string) => Object.assign(new Error(message), { responseCode })

async function failureOf(sending: Promise<void>): Promise<unknown> {
  return sending.then(
    () => 'sent',
    (error: unknown) => error,
  )
}

describe('smtpMailer', () => {
  test('hands the mail over to one recipient, byte for byte, with a Message-ID of its id', async () => {
    await start()
    await mailer.send({ ...mail, text: 'Order C-1001\n.\nQUIT\n..\n' })
    expect(smtp.received).toHaveLength(1)
    expect(smtp.received[0]).toMatchObject({ from: 'shop@cartograph.example', to: ['jane@example.com'] })
    expect(smtp.received[0]!.message).toBe(
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
        '.',
        'QUIT',
        '..',
        '',
      ].join('\r\n'),
    )
  })

  test('sends many over the same few connections', async () => {
    await start()
    await Promise.all(numbered(20, (number) => mailer.send({ ...mail, id: `mail-${number}` })))
    expect(new Set(smtp.received.map(({ message }) => /^Message-ID: .*$/m.exec(message)?.[0])).size).toBe(20)
    expect(smtp.connections()).toBeLessThanOrEqual(2)
  })

  test('a lasting no to the recipient or to the message is a refusal', async () => {
    await start({ onRcptTo: (_address, _session, callback) => callback(no(550, 'No such user')) })
    await expect(mailer.send(mail)).rejects.toThrow(MailRefusedError)
    expect(smtp.received).toEqual([])

    const taking = await startSmtp({
      onData: (stream, _session, callback) => {
        stream.resume().on('end', () => callback(no(554, 'Looks like spam')))
      },
    })
    const another = smtpMailer({ url: taking.url, from, now })
    await expect(another.send(mail)).rejects.toThrow(MailRefusedError)
    another.close()
    await taking.stop()
  })

  test('a no for now, to our sender, or to our password is none, and the mail is taken later', async () => {
    let isMended = false
    const unless = (code: number, message: string) => (isMended ? null : no(code, message))
    await start({ onRcptTo: (_address, _session, callback) => callback(unless(450, 'Greylisted')) })
    const failure = await failureOf(mailer.send(mail))
    expect(failure).toBeInstanceOf(Error)
    expect(failure).not.toBeInstanceOf(MailRefusedError)
    isMended = true
    await mailer.send(mail)
    expect(smtp.received).toHaveLength(1)

    const wary = await startSmtp({ onMailFrom: (_address, _session, callback) => callback(no(550, 'Not your domain')) })
    const stranger = new URL(wary.url)
    stranger.password = 'wrong'
    for (const url of [wary.url, stranger]) {
      const unwanted = smtpMailer({ url, from, now })
      const reason = await failureOf(unwanted.send(mail))
      expect(reason).toBeInstanceOf(Error)
      expect(reason).not.toBeInstanceOf(MailRefusedError)
      unwanted.close()
    }
    await wary.stop()
  })

  test('a connection that is cut meanwhile fails once, and the next mail has a new one', async () => {
    let cuts = 0
    await start({
      onData: (stream, _session, callback) => {
        stream.resume().on('end', () => {
          cuts += 1
          if (cuts === 1) smtp.cut()
          else callback()
        })
      },
    })
    const failure = await failureOf(mailer.send(mail))
    expect(failure).toBeInstanceOf(Error)
    expect(failure).not.toBeInstanceOf(MailRefusedError)
    expect(cuts).toBe(1)
    await mailer.send(mail)
    expect(cuts).toBe(2)
  })

  test('a server that hangs up at once is called once', async () => {
    await start({ onConnect: () => smtp.cut() })
    await expect(mailer.send(mail)).rejects.toThrow()
    expect(smtp.connections()).toBe(1)
  })

  test('a server that says nothing, before or after the mail, is not waited for', async () => {
    await start({ onConnect: () => {} }, 200)
    await expect(mailer.send(mail)).rejects.toThrow(/greeting|timeout/i)
    const mute = await startSmtp({ onData: (stream) => void stream.resume() })
    const another = smtpMailer({ url: mute.url, from, now, timeoutMs: 200 })
    await expect(another.send(mail)).rejects.toThrow(/timeout/i)
    another.close()
    mute.cut()
    await mute.stop()
  })

  test('nobody there, or closed: it fails', async () => {
    await start()
    mailer.close()
    await expect(mailer.send(mail)).rejects.toThrow('closed')
    const gone = await startSmtp()
    await gone.stop()
    const another = smtpMailer({ url: gone.url, from, now })
    await expect(another.send(mail)).rejects.toThrow('ECONNREFUSED')
    another.close()
  })

  test.each(Object.entries(hostileMails))('%s is refused before anything is said', async (_, hostile) => {
    await start()
    await expect(mailer.send(hostile)).rejects.toThrow(MailRefusedError)
    expect(smtp.connections()).toBe(0)
  })
})
