import { schema } from '@meanwhile/shared/db/client'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import { interviewsOn } from '../support/interview.ts'

const { app, as, given, db } = await startApp()
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

  // A link from when there was mail can still be changed, and made for fewer.
  await db
    .update(schema.shareLinks)
    .set({ emailDomains: ['example.net', 'example.org'] })
    .where(eq(schema.shareLinks.id, linkId))
  const kept = await as(ada).inject({
    method: 'PATCH',
    url: `/api/share-links/${linkId}`,
    payload: { ...payload, comments: 'off' },
  })
  expect(kept.json()).toMatchObject({ emailDomains: ['example.org'], comments: 'off' })
})

test('without a mail server a candidate is invited by a link alone', async () => {
  const { position } = interviewsOn(app)
  const positionId = await position(ada)
  const candidates = [{ name: 'Kim', email: 'kim@example.org' }]
  const invited = (byMail: boolean) => post(`/api/positions/${positionId}/invitations`, { candidates, byMail })
  expect((await invited(true)).json()).toMatchObject({ type: '/problems/mail-off', status: 409 })
  expect((await invited(false)).json().items).toMatchObject([{ url: expect.stringContaining('/i/'), letter: null }])
  expect((await as(ada).inject({ url: `/api/positions/${positionId}/invitations` })).json().items).toHaveLength(1)
})

test('without a mail server the link of who comes by an open link is in the answer, once an address', async () => {
  const { done, position } = interviewsOn(app)
  const { link } = await done(ada, 'PUT', `/api/positions/${await position(ada)}/open-link`, {})
  const come = async (email: string) => {
    const url = `/api/open-links/${`${link.url}`.split('/i/open/')[1]}/candidates`
    return (await app.inject({ method: 'POST', url, payload: { name: 'Kim', email } })).json()
  }
  expect(await come('kim@example.net')).toEqual({ url: expect.stringContaining('/i/') })
  expect(await come('KIM@example.net')).toEqual({ url: null })
})
