import { expect, test } from 'vitest'
import { problemOfUrl } from './check-url.ts'

const inProduction = (url: string) => problemOfUrl(url, { allowsPrivateNetworks: false })
const inDevelopment = (url: string) => problemOfUrl(url, { allowsPrivateNetworks: true })

test.each([
  'https://partner.example/hooks',
  'https://partner.example:443/hooks?tenant=1',
  'https://partner.example:8443/',
  'https://bücher.example/',
  'https://partner.example./hooks',
])('%s may be sent to', (url) => expect(inProduction(url)).toBeNull())

const anAddress = 'Its host is an address; a name is needed.'
const local = 'Its host is not a name of the public network.'

test.each([
  ['http://partner.example/', 'It does not begin with https://.'],
  ['ftp://partner.example/', 'It does not begin with https://.'],
  ['javascript:alert(1)', 'It does not begin with https://.'],
  ['partner.example', 'It is no URL of up to 2000 characters.'],
  ['', 'It is no URL of up to 2000 characters.'],
  ['https://', 'It is no URL of up to 2000 characters.'],
  [`https://partner.example/${'a'.repeat(2_000)}`, 'It is no URL of up to 2000 characters.'],
  [`https://partner.example/${'é'.repeat(1_000)}`, 'It is no URL of up to 2000 characters.'],
  ['https://user@partner.example/', 'It has a user name or a password.'],
  ['https://:secret@partner.example/', 'It has a user name or a password.'],
  ['https://partner.example/#top', 'It has a fragment, which is never sent.'],
  ['https://partner.example/#', 'It has a fragment, which is never sent.'],
  ['https://partner.example:22/', 'Its port is neither 443 nor above 1023.'],
  ['https://partner.example:80/', 'Its port is neither 443 nor above 1023.'],
  ['https://93.184.216.34/', anAddress],
  ['https://127.0.0.1/', anAddress],
  ['https://127.1/', anAddress],
  ['https://127.0.0.1./', anAddress],
  ['https://2130706433/', anAddress],
  ['https://0x7f000001/', anAddress],
  ['https://0x7f.1/', anAddress],
  ['https://0177.0.0.1/', anAddress],
  ['https://0/', anAddress],
  ['https://%31%32%37.0.0.1/', anAddress],
  ['https://①②⑦.0.0.1/', anAddress],
  ['https://[::1]/', anAddress],
  ['https://[::ffff:127.0.0.1]/', anAddress],
  ['https://[64:ff9b::7f00:1]/', anAddress],
  ['https://[2606:4700:4700::1111]/', anAddress],
  ['https://localhost/', local],
  ['https://LOCALHOST/', local],
  ['https://localhost./', local],
  ['https://orders:4000/', local],
  ['https://shop.localhost/', local],
  ['https://printer.local/', local],
  ['https://metadata.google.internal/', local],
  ['https://router.home.arpa/', local],
])('%s may not', (url, problem) => expect(inProduction(url)).toBe(problem))

test.each(['http://127.0.0.1:4100/hooks', 'http://localhost/', 'https://[::1]:22/'])('%s may in development', (url) =>
  expect(inDevelopment(url)).toBeNull(),
)

test.each([
  ['file:///etc/passwd', 'It does not begin with https://.'],
  ['http://user:secret@127.0.0.1/', 'It has a user name or a password.'],
  ['http://127.0.0.1/#', 'It has a fragment, which is never sent.'],
])('%s may never', (url, problem) => expect(inDevelopment(url)).toBe(problem))
