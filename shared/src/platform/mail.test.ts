import { expect, test } from 'vitest'
import { readEnv } from './env.ts'
import { mailServerOf } from './mail.ts'

test('without a server no mail is sent', () => {
  expect(mailServerOf(readEnv({}))).toBeNull()
})

test.each([
  ['Meanwhile <mail@example.org>', { name: 'Meanwhile', address: 'mail@example.org' }],
  ['"The team, updates" <mail@example.org>', { name: 'The team, updates', address: 'mail@example.org' }],
  ['mail@example.org', { name: '', address: 'mail@example.org' }],
])('mails are from %s', (from, parts) => {
  const env = readEnv({ SMTP_URL: 'smtp://localhost:25', MAIL_FROM: from })
  expect(mailServerOf(env)).toEqual({ url: 'smtp://localhost:25', from: parts })
})

test.each([
  [{ SMTP_URL: 'smtp://localhost' }, 'needs MAIL_FROM'],
  [{ MAIL_FROM: 'mail@example.org' }, 'needs SMTP_URL'],
  [{ SMTP_URL: 'http://localhost', MAIL_FROM: 'mail@example.org' }, 'smtp://'],
  [{ SMTP_URL: 'smtp://localhost', MAIL_FROM: 'nobody' }, 'must be an address'],
  [{ SMTP_URL: 'smtp://localhost', MAIL_FROM: 'A\r\nBcc: eve@example.org <a@example.org>' }, 'must be an address'],
])('what cannot work is told at start: %o', (variables, message) => {
  expect(() => readEnv(variables)).toThrow(message)
})
