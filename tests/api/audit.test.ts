import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import type { Person } from '../support/given.ts'

const { app, as, given, db, password } = await startApp()
const owner = await given.person('Olga')
const ben = await given.person('Ben')
const cleo = await given.person('Cleo')
const foreigner = await given.stranger('Mallory')

type Event = {
  id: string
  action: string
  actor: { name: string } | null
  target: { name: string } | null
  details: object
  from: string
}
const eventsOf = async (person: Person, query = 'limit=100'): Promise<Event[]> =>
  (await as(person).inject({ url: `/api/audit-events?${query}` })).json().items
const actionsOf = async (person: Person) => (await eventsOf(person)).map(({ action }) => action)
const inject = (person: Person, method: 'POST' | 'PATCH' | 'DELETE' | 'PUT', url: string, payload: object = {}) =>
  as(person).inject({ method, url, payload })
const signIn = (email: string, secret: string) =>
  app.inject({ method: 'POST', url: '/api/auth/sign-in/email', payload: { email, password: secret } })

test('channels and share links are on record; what is in a private channel is without its name there', async () => {
  const { id: designId } = (await inject(ben, 'POST', '/api/channels', { name: 'Design' })).json()
  await inject(ben, 'PATCH', `/api/channels/${designId}`, { name: 'Looks' })
  await inject(ben, 'PATCH', `/api/channels/${designId}`, { archived: true })
  const secret = { name: 'Offer for Zebra', isPrivate: true }
  const { id: channelId } = (await inject(ben, 'POST', '/api/channels', secret)).json()
  await inject(ben, 'PUT', `/api/channels/${channelId}/members/${cleo.id}`)
  await inject(ben, 'DELETE', `/api/channels/${channelId}/members/${cleo.id}`)
  await inject(ben, 'PATCH', `/api/channels/${channelId}`, { name: 'Zebra, signed' })
  const { id: updateId } = await given.update(ben, { title: 'Zebra pays', channelId })
  const { id: linkId } = (await inject(ben, 'POST', `/api/updates/${updateId}/share-links`, { password: 'stripes' })).json()
  await inject(ben, 'PATCH', `/api/share-links/${linkId}`, { comments: 'off' })
  await inject(ben, 'DELETE', `/api/share-links/${linkId}`)
  await inject(ben, 'DELETE', `/api/updates/${updateId}`)

  const events = (await eventsOf(owner)).toReversed().filter(({ action }) => /^(channel|share-link|update)\./.test(action))
  expect(events.map(({ action, actor, target }) => [action, actor?.name, target?.name])).toEqual([
    ['channel.created', 'Ben', 'Design'],
    ['channel.changed', 'Ben', 'Looks'],
    ['channel.archived', 'Ben', 'Looks'],
    ['channel.created', 'Ben', null],
    ['channel.member-added', 'Ben', null],
    ['channel.member-removed', 'Ben', null],
    ['channel.changed', 'Ben', null],
    ['share-link.created', 'Ben', null],
    ['share-link.changed', 'Ben', null],
    ['share-link.revoked', 'Ben', null],
    ['update.deleted', 'Ben', null],
  ])
  expect(events[1]).toMatchObject({ details: { before: 'Design', now: 'Looks' } })
  expect(events[8]).toMatchObject({ details: { password: true, comments: 'off' } })
  expect(JSON.stringify(events)).not.toMatch(/zebra|stripes/i)
})

test('what changes who may do what is on record: who, what, to whom, from where, and nothing secret', async () => {
  await inject(ben, 'PATCH', '/api/me', { name: '=Ben' })
  const { id, token } = (await inject(owner, 'POST', '/api/invitations')).json()
  await inject(owner, 'DELETE', `/api/invitations/${id}`)
  await inject(owner, 'PATCH', `/api/members/${ben.id}`, { role: 'admin' })
  await inject(owner, 'PATCH', '/api/workspace', { name: 'Renamed', emailDomains: ['example.org'] })
  const { url } = (await inject(owner, 'POST', `/api/members/${ben.id}/password-reset`)).json()
  const { id: updateId } = await given.update(ben, { title: 'Gone' })
  await inject(ben, 'DELETE', `/api/updates/${updateId}`)
  await signIn(ben.email, 'a wrong password')
  await expect.poll(() => actionsOf(owner)).toContain('account.sign-in-failed')
  const entered = await signIn(ben.email, password)
  const his = { ...ben, cookie: entered.cookies.map(({ name, value }) => `${name}=${value}`).join('; ') }
  await inject(his, 'POST', '/api/auth/sign-out')
  await inject(ben, 'PUT', '/api/me/password', { current: password, password: 'another password' })
  await inject(owner, 'POST', '/api/workspace/transfer', { userId: ben.id, password })
  await inject(ben, 'DELETE', `/api/members/${owner.id}`)

  const events = await eventsOf(ben)
  expect(events.map(({ action, actor, target }) => [action, actor?.name, target?.name])).toEqual(
    expect.arrayContaining([
      ['workspace.created', 'Olga', undefined],
      ['invitation.created', 'Olga', null],
      ['invitation.used', 'Ben', null],
      ['invitation.revoked', 'Olga', null],
      ['member.role-changed', 'Olga', '=Ben'],
      ['workspace.renamed', 'Olga', "Olga's workspace"],
      ['workspace.settings-changed', 'Olga', "Olga's workspace"],
      ['member.password-link-created', 'Olga', '=Ben'],
      ['update.deleted', '=Ben', 'Gone'],
      ['account.sign-in-failed', undefined, '=Ben'],
      ['account.signed-in', '=Ben', '=Ben'],
      ['account.signed-out', '=Ben', '=Ben'],
      ['account.password-changed', '=Ben', '=Ben'],
      ['workspace.ownership-transferred', 'Olga', '=Ben'],
      ['member.removed', '=Ben', 'Olga'],
    ]),
  )
  expect(events.every(({ from }) => from === '127.0.0.1')).toBe(true)
  expect(events.find(({ action }) => action === 'member.role-changed')).toMatchObject({
    details: { before: 'member', now: 'admin' },
  })
  const all = JSON.stringify(events)
  for (const secret of [password, 'another password', token, url.split('/').at(-1), 'a wrong password'])
    expect(all).not.toContain(secret)
})

test('the record is paged newest first, and each event comes once', async () => {
  const ids: string[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page: { items: Event[]; nextCursor: string | null } = (
      await as(ben).inject({ url: `/api/audit-events?limit=4${cursor && `&cursor=${cursor}`}` })
    ).json()
    ids.push(...page.items.map(({ id }) => id))
    cursor = page.nextCursor
  }
  expect(ids).toEqual((await eventsOf(ben)).map(({ id }) => id))
  expect(new Set(ids).size).toBe(ids.length)
  expect((await as(ben).inject({ url: '/api/audit-events?cursor=nonsense' })).statusCode).toBe(400)
})

test('all of it is exported as CSV that no spreadsheet computes', async () => {
  const answer = await as(ben).inject({ url: '/api/audit-events.csv' })
  expect(answer.headers).toMatchObject({ 'content-type': 'text/csv; charset=utf-8', 'cache-control': 'no-store' })
  const [head, ...lines] = answer.body.trimEnd().split('\r\n')
  expect(head).toBe('"at","actor","actor id","action","target type","target","target id","details","from"')
  expect(lines).toHaveLength((await eventsOf(ben)).length)
  expect(answer.body).toContain(`"'=Ben"`)
  expect(answer.body).not.toContain('"=Ben"')
})

test('members and other workspaces read none of it', async () => {
  const mine = await eventsOf(foreigner)
  expect(mine.filter(({ actor }) => actor?.name !== 'Mallory')).toEqual([])
  for (const url of ['/api/audit-events', '/api/audit-events.csv']) {
    expect((await app.inject({ url })).statusCode).toBe(401)
    expect((await as(cleo).inject({ url })).statusCode).toBe(403)
    expect((await as(owner).inject({ url })).json()).toMatchObject({ type: '/problems/no-workspace' })
  }
})

test('what is on record is neither changed nor deleted, but for a workspace that goes with all it has', async () => {
  const refused = (statement: string) => expect(db.execute(statement)).rejects.toThrow()
  await refused(`update audit_events set action = 'nothing.happened'`)
  await refused('delete from audit_events')
  await refused('truncate audit_events')
  const [made] = await db.execute<{ id: string }>(`insert into workspaces (name) values ('Short-lived') returning id`)
  await db.execute(`insert into audit_events (workspace_id, action) values ('${made?.id}', 'workspace.created')`)
  await refused(`delete from audit_events where workspace_id = '${made?.id}'`)
  await db.execute(`delete from workspaces where id = '${made?.id}'`)
  expect(await db.execute(`select 1 from audit_events where workspace_id = '${made?.id}'`)).toHaveLength(0)
})
