import type { Mail } from '../src/mailer.ts'

export const mail: Mail = {
  id: 'order-confirmation-019a',
  to: 'jane@example.com',
  subject: 'Order C-1001 is confirmed',
  text: 'Order C-1001\n\nQty  Item\n  1  Café crème\n',
}

/** Mails that would write headers, recipients or files of their own, if they could. */
export const hostileMails: Readonly<Record<string, Mail>> = {
  'CR LF in the subject': { ...mail, subject: 'Hello\r\nBcc: eve@example.com' },
  'LF in the subject': { ...mail, subject: 'Hello\nBcc: eve@example.com' },
  'CR in the subject': { ...mail, subject: 'Hello\rBcc: eve@example.com' },
  'a line separator in the subject': { ...mail, subject: 'Hello\u2028Bcc: eve@example.com' },
  'NUL in the subject': { ...mail, subject: 'Hello\0' },
  'CR LF in the address': { ...mail, to: 'jane@example.com\r\nBcc: eve@example.com' },
  'LF after the address': { ...mail, to: 'jane@example.com\n' },
  'CR LF within the address': { ...mail, to: 'jane\r\nBcc:eve@example.com' },
  'an SMTP command in the address': { ...mail, to: 'jane@example.com>\r\nRCPT TO:<eve@example.com' },
  'a list of addresses': { ...mail, to: 'jane@example.com, eve@example.com' },
  'a group of addresses': { ...mail, to: 'all: jane@example.com;' },
  'an address with a name': { ...mail, to: 'Jane <eve@example.com>' },
  'a quoted address': { ...mail, to: '"eve@example.com "@example.com' },
  'no address': { ...mail, to: '' },
  'a path as the id': { ...mail, id: '../../eve' },
  'a hidden file as the id': { ...mail, id: '.eve' },
  'CR LF in the id': { ...mail, id: 'a\r\nBcc: eve@example.com' },
  'an empty id': { ...mail, id: '' },
}
