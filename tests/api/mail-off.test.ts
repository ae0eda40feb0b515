import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'

const { app, as, given } = await startApp()
const ada = await given.person('Ada')
const post = (url: string, payload: object) => as(ada).inject({ method: 'POST', url, payload })

test('without a mail server invitations stay where an admin reads their links', async () => {
  expect((await post('/api/invitations/mails', { emails: ['ben@example.org'] })).statusCode).toBe(201)
  const mails = (await as(ada).inject({ url: '/api/mails' })).json()
  expect(mails).toMatchObject({ from: null, nextCursor: null, items: [{ to: 'ben@example.org', state: 'waiting', attempts: 0 }] })
  expect(mails.items[0].text).toMatch(/http:\/\/localhost:\d+\/join\/[\w-]{32}/)
})

test('without a mail server nothing is offered that needs one', async () => {
  expect((await app.inject({ url: '/api/sign-up' })).json()).toMatchObject({ byMail: false })
  for (const url of ['/api/password-resets', '/api/auth/sign-in/link'])
    expect((await post(url, { email: ada.email })).json()).toMatchObject({ type: '/problems/mail-off', status: 409 })
})

test('without a mail server no link asks for an address that nobody could prove', async () => {
  const { id } = await given.update(ada)
  const links = `/api/updates/${id}/share-links`
  expect((await post(links, { emailDomains: ['example.org'] })).json()).toMatchObject({ type: '/problems/mail-off', status: 409 })
  const { id: linkId } = (await post(links, {})).json()
  const payload = { emailDomains: ['example.org'] }
  const changed = await as(ada).inject({ method: 'PATCH', url: `/api/share-links/${linkId}`, payload })
  expect(changed.json()).toMatchObject({ type: '/problems/mail-off' })
})
