import { schema } from '@meanwhile/shared/db/client'
import type { InjectOptions } from 'fastify'
import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import { cutRecording } from '../support/cut.ts'
import { guestsOn } from '../support/guest.ts'

const { app, as, env, given } = await startApp()
const cut = await cutRecording()
const author = await given.person('Ada')
const member = await given.person('Ben')
const foreigner = await given.stranger('Mallory')
const published = await given.recording(author, cut)
const draft = await given.update(author, { video: { tracks: ['main'] } })
const comment = (
  await as(author).inject({ method: 'POST', url: `/api/updates/${published.id}/comments`, payload: { text: 'Hi', atMs: 0 } })
).json()
/** An answer by video that is still recorded. */
const answer = (
  await as(author).inject({
    method: 'POST',
    url: `/api/updates/${published.id}/comments`,
    payload: { text: '', video: { tracks: ['main'] } },
  })
).json()
await as(member).inject({ method: 'POST', url: `/api/updates/${published.id}/comments`, payload: { text: 'For the author' } })
const [notice] = (await as(author).inject({ url: '/api/notifications' })).json().items

for (const id of [published.videoId, draft.videoId])
  await as(author).inject({
    method: 'PUT',
    url: `/api/videos/${id}/captions/en`,
    headers: { 'content-type': 'text/vtt' },
    payload: 'WEBVTT\n\n00:01.000 --> 00:02.000\nHi',
  })

/** A private channel in which a plain member posts: the owner is not in it, and one who was in it is not any more. */
const insider = await given.person('Ina')
const former = await given.person('Fay')
const { id: secretId } = (
  await as(insider).inject({ method: 'POST', url: '/api/channels', payload: { name: 'Secret', isPrivate: true } })
).json()
const inChannel = (userId: string): Route => ({ method: 'PUT', url: `/api/channels/${secretId}/members/${userId}` })
await as(insider).inject(inChannel(former.id))
const secret = await given.recording(insider, cut)
const moved = { method: 'PATCH', url: `/api/updates/${secret.id}`, payload: { channelId: secretId } } as const
await as(insider).inject(moved)
const whisper = (
  await as(former).inject({ method: 'POST', url: `/api/updates/${secret.id}/comments`, payload: { text: 'Psst' } })
).json()
await as(insider).inject({
  method: 'PUT',
  url: `/api/videos/${secret.videoId}/captions/en`,
  headers: { 'content-type': 'text/vtt' },
  payload: 'WEBVTT\n\n00:01.000 --> 00:02.000\nHi',
})
await as(insider).inject({ method: 'DELETE', url: inChannel(former.id).url })
const { share, guest, revoke } = guestsOn(app)
const link = await share(author, published.id)
const elsewhere = await given.update(author, { title: 'Elsewhere' })

const thumb = encodeURIComponent('👍')
type Route = { method: InjectOptions['method'] & string; url: string; payload?: object }
const ofUpdate = (id: string): Route[] => [
  { method: 'GET', url: `/api/updates/${id}` },
  { method: 'PATCH', url: `/api/updates/${id}`, payload: { title: 'Mine' } },
  { method: 'DELETE', url: `/api/updates/${id}` },
  { method: 'PUT', url: `/api/updates/${id}/view`, payload: { ranges: [[0, 1]] } },
  { method: 'GET', url: `/api/updates/${id}/comments` },
  { method: 'POST', url: `/api/updates/${id}/comments`, payload: { text: 'Hi' } },
  { method: 'GET', url: `/api/updates/${id}/people` },
  { method: 'GET', url: `/api/updates/${id}/share-links` },
  { method: 'POST', url: `/api/updates/${id}/share-links`, payload: {} },
  { method: 'GET', url: `/api/updates/${id}/reactions` },
  { method: 'PUT', url: `/api/updates/${id}/reactions/${thumb}`, payload: {} },
  { method: 'DELETE', url: `/api/updates/${id}/reactions/${thumb}` },
]
const ofVideo = (id: string): Route[] => [
  { method: 'GET', url: `/api/videos/${id}` },
  { method: 'PATCH', url: `/api/videos/${id}`, payload: { chapters: [{ atMs: 0, title: 'Start' }] } },
  { method: 'GET', url: `/api/videos/${id}/receipt` },
  { method: 'GET', url: `/api/videos/${id}/upload` },
  { method: 'PUT', url: `/api/videos/${id}/upload`, payload: { tracks: {}, clockMs: 0 } },
  { method: 'PUT', url: `/api/videos/${id}/tracks/main/segments/1` },
  { method: 'POST', url: `/api/videos/${id}/finish`, payload: { tracks: { main: { segments: 3 } } } },
  { method: 'PUT', url: `/api/videos/${id}/file/parts/1` },
  { method: 'POST', url: `/api/videos/${id}/file/finish`, payload: { parts: 1, sizeBytes: 1 } },
  { method: 'POST', url: `/api/videos/${id}/stages/probe/retry` },
  { method: 'GET', url: `/api/videos/${id}/captions` },
  { method: 'PUT', url: `/api/videos/${id}/captions/en` },
  { method: 'GET', url: `/api/videos/${id}/captions/en` },
  { method: 'PATCH', url: `/api/videos/${id}/captions/en`, payload: { version: crypto.randomUUID() } },
  { method: 'DELETE', url: `/api/videos/${id}/captions/en` },
]
const ofComment = (id: string): Route[] => [
  { method: 'GET', url: `/api/comments/${id}` },
  { method: 'GET', url: `/api/comments/${id}/history` },
  { method: 'PUT', url: `/api/comments/${id}/resolution`, payload: {} },
  { method: 'DELETE', url: `/api/comments/${id}/resolution` },
  { method: 'PUT', url: `/api/comments/${id}/hidden` },
  { method: 'DELETE', url: `/api/comments/${id}/hidden` },
  { method: 'PUT', url: `/api/comments/${id}/reactions/${thumb}` },
  { method: 'DELETE', url: `/api/comments/${id}/reactions/${thumb}` },
  { method: 'PATCH', url: `/api/comments/${id}`, payload: { text: 'Mine' } },
  { method: 'DELETE', url: `/api/comments/${id}` },
]
const ofNotification = (id: string): Route[] => [
  { method: 'PUT', url: `/api/notifications/${id}/read` },
  { method: 'DELETE', url: `/api/notifications/${id}/read` },
]
const ofChannel = (id: string): Route[] => [
  { method: 'GET', url: `/api/channels/${id}` },
  { method: 'PATCH', url: `/api/channels/${id}`, payload: { description: 'Mine' } },
  { method: 'GET', url: `/api/channels/${id}/members` },
  { method: 'PUT', url: `/api/channels/${id}/members/${unknown}` },
  { method: 'DELETE', url: `/api/channels/${id}/members/${unknown}` },
]
/** What an admin does to a member, and everybody to a session of theirs. */
const [session] = (await as(author).inject({ url: '/api/me/sessions' })).json()
const ofPerson = (id: string): Route[] => [
  { method: 'PATCH', url: `/api/members/${id}`, payload: { role: 'admin' } },
  { method: 'POST', url: `/api/members/${id}/password-reset` },
  { method: 'DELETE', url: `/api/members/${id}` },
]
const ofSession = (id: string): Route[] => [{ method: 'DELETE', url: `/api/me/sessions/${id}` }]
const [passkey] = await app.db
  .insert(schema.passkeys)
  .values({ userId: author.id, name: 'Key', credentialId: 'key', publicKey: 'key', counter: 0 })
  .returning()
const ofPasskey = (id: string): Route[] => [
  { method: 'PATCH', url: `/api/me/passkeys/${id}`, payload: { name: 'Mine' } },
  { method: 'DELETE', url: `/api/me/passkeys/${id}` },
]
const ofLink = (id: string): Route[] => [
  { method: 'PATCH', url: `/api/share-links/${id}`, payload: { comments: 'off' } },
  { method: 'DELETE', url: `/api/share-links/${id}` },
]
const unknown = crypto.randomUUID()
const routes = [
  ...ofUpdate(published.id),
  ...ofVideo(published.videoId),
  ...ofComment(comment.id),
  ...ofNotification(notice.id),
  ...ofPerson(author.id),
  ...ofSession(session.id),
  ...ofPasskey(`${passkey?.id}`),
  ...ofLink(link.id),
  ...ofUpdate(draft.id),
  ...ofVideo(`${draft.videoId}`),
  ...ofComment(answer.id),
  ...ofVideo(answer.videoId),
  ...ofChannel(secretId),
  ...ofUpdate(secret.id),
  ...ofVideo(secret.videoId),
  ...ofComment(whisper.id),
]
const known = [
  published.id,
  published.videoId,
  comment.id,
  notice.id,
  author.id,
  session.id as string,
  `${passkey?.id}`,
  link.id,
  draft.id,
  `${draft.videoId}`,
  answer.id,
  answer.videoId as string,
  secretId as string,
  secret.id,
  secret.videoId,
  whisper.id as string,
]
const toUnknown = (route: Route): Route => ({ ...route, url: known.reduce((url, id) => url.replace(id, unknown), route.url) })
const namesOf = (route: Route) => `${route.method} ${known.reduce((url, id) => url.replace(id, ':id'), route.url)}`
/** What is left of an answer without the id of its request. */
const told = ({ statusCode, body }: { statusCode: number; body: string }) => ({ statusCode, ...JSON.parse(body), instance: '' })

test.each(routes.map((route) => [namesOf(route), route] as const))('%s: a stranger is asked to sign in', async (_name, route) => {
  expect(told(await app.inject(route))).toMatchObject({ statusCode: 401, type: '/problems/signed-out' })
})

test.each(routes.map((route) => [namesOf(route), route] as const))(
  '%s: to a member of another workspace it does not exist',
  async (_name, route) => {
    const answer = told(await as(foreigner).inject(route))
    expect(answer).toMatchObject({ statusCode: 404, type: '/problems/not-found' })
    expect(answer).toEqual(told(await as(foreigner).inject(toUnknown(route))))
  },
)

const unseen = [
  ...ofUpdate(draft.id),
  ...ofVideo(`${draft.videoId}`),
  ...ofComment(answer.id),
  ...ofVideo(answer.videoId),
  ...ofNotification(notice.id),
  ...ofSession(session.id),
  ...ofPasskey(`${passkey?.id}`),
]
test.each(unseen.map((route) => [namesOf(route), route] as const))(
  '%s: to another member a draft, an answer that is recorded and a notification of somebody else do not exist',
  async (_name, route) => {
    expect(told(await as(member).inject(route))).toMatchObject({ statusCode: 404, type: '/problems/not-found' })
  },
)

const ofSecret = [...ofChannel(secretId), ...ofUpdate(secret.id), ...ofVideo(secret.videoId), ...ofComment(whisper.id)]
test.each(
  [
    ['a member who is not in it', member],
    ['the owner, who is not in it', author],
    ['a former member', former],
  ].flatMap(([name, person]) => ofSecret.map((route) => [name, namesOf(route), person, route] as const)),
)('to %s a private channel and what is in it do not exist: %s', async (_name, _route, person, route) => {
  const answer = told(await as(person as typeof member).inject(route))
  expect(answer).toMatchObject({ statusCode: 404, type: '/problems/not-found' })
  expect(answer).toEqual(told(await as(person as typeof member).inject(toUnknown(route))))
})

test('of a private channel nothing is in the lists, on the page or in previews of those who are not in it', async () => {
  const hints = [secretId, secret.id, secret.videoId, whisper.id, 'Secret', 'Psst']
  for (const person of [member, author, former]) {
    const bodies = await Promise.all(
      ['/api/updates', '/api/channels', '/api/notifications', `/u/${secret.id}`, `/embed/${secret.id}`, '/api/me'].map(
        async (url) => (await as(person).inject({ url })).body.replaceAll(`/u/${secret.id}`, ''),
      ),
    )
    for (const hint of hints) expect(bodies.filter((body) => body.includes(hint))).toEqual([])
    const url = encodeURIComponent(`${env.PUBLIC_URL}/u/${secret.id}`)
    expect((await as(person).inject({ url: `/api/oembed?url=${url}` })).statusCode).toBe(404)
    expect((await as(person).inject({ url: `/api/updates?channelId=${secretId}` })).statusCode).toBe(404)
  }
})

test('a member may read and answer what is published, and change nothing of it', async () => {
  const statuses: Record<string, number> = {}
  for (const route of [...ofUpdate(published.id), ...ofVideo(published.videoId), ...ofComment(comment.id), ...ofLink(link.id)])
    statuses[namesOf(route)] = (await as(member).inject(route)).statusCode
  expect(statuses).toEqual({
    'GET /api/updates/:id': 200,
    'PATCH /api/updates/:id': 403,
    'DELETE /api/updates/:id': 403,
    'PUT /api/updates/:id/view': 200,
    'GET /api/updates/:id/comments': 200,
    'POST /api/updates/:id/comments': 201,
    'GET /api/updates/:id/people': 200,
    'GET /api/updates/:id/share-links': 403,
    'POST /api/updates/:id/share-links': 403,
    'PATCH /api/share-links/:id': 403,
    'DELETE /api/share-links/:id': 403,
    'GET /api/updates/:id/reactions': 200,
    [`PUT /api/updates/:id/reactions/${thumb}`]: 200,
    [`DELETE /api/updates/:id/reactions/${thumb}`]: 200,
    'GET /api/videos/:id': 200,
    'PATCH /api/videos/:id': 403,
    'GET /api/videos/:id/receipt': 200,
    'GET /api/videos/:id/upload': 404,
    'PUT /api/videos/:id/upload': 404,
    'PUT /api/videos/:id/tracks/main/segments/1': 404,
    'POST /api/videos/:id/finish': 404,
    'PUT /api/videos/:id/file/parts/1': 404,
    'POST /api/videos/:id/file/finish': 404,
    'POST /api/videos/:id/stages/probe/retry': 403,
    'GET /api/comments/:id': 200,
    'GET /api/comments/:id/history': 200,
    'PUT /api/comments/:id/resolution': 403,
    'DELETE /api/comments/:id/resolution': 403,
    'PUT /api/comments/:id/hidden': 403,
    'DELETE /api/comments/:id/hidden': 403,
    [`PUT /api/comments/:id/reactions/${thumb}`]: 200,
    [`DELETE /api/comments/:id/reactions/${thumb}`]: 200,
    'GET /api/videos/:id/captions': 200,
    'PUT /api/videos/:id/captions/en': 403,
    'GET /api/videos/:id/captions/en': 200,
    'PATCH /api/videos/:id/captions/en': 403,
    'DELETE /api/videos/:id/captions/en': 403,
    'PATCH /api/comments/:id': 403,
    'DELETE /api/comments/:id': 403,
  })
})

const ofAdmins: Route[] = [
  ...ofPerson(author.id),
  { method: 'PATCH', url: '/api/workspace', payload: { name: 'Mine' } },
  { method: 'GET', url: '/api/audit-events' },
  { method: 'GET', url: '/api/audit-events.csv' },
  { method: 'GET', url: '/api/invitations' },
  { method: 'POST', url: '/api/invitations' },
  { method: 'GET', url: '/api/mails' },
  { method: 'POST', url: '/api/invitations/mails', payload: { emails: ['x@example.org'] } },
]
const ofTheOwner: Route[] = [
  { method: 'POST', url: '/api/workspace/transfer', payload: { userId: member.id, password: 'correct horse battery' } },
]
test.each([...ofAdmins, ...ofTheOwner].map((route) => [namesOf(route), route] as const))(
  '%s: a member may not, and a stranger is asked to sign in',
  async (_name, route) => {
    expect(told(await as(member).inject(route))).toMatchObject({ statusCode: 403, type: '/problems/forbidden' })
    expect(told(await app.inject(route))).toMatchObject({ statusCode: 401, type: '/problems/signed-out' })
  },
)

const inner = { clientDataJSON: 'x' }
const credential = { id: 'x', rawId: 'x', type: 'public-key', response: inner, clientExtensionResults: {} }
/** What belongs to somebody wherever they are. */
const ofOneself: Route[] = [
  { method: 'GET', url: '/api/me/workspaces' },
  { method: 'PUT', url: '/api/me/workspace', payload: { workspaceId: unknown } },
  { method: 'POST', url: '/api/workspaces', payload: { name: 'Another' } },
  { method: 'POST', url: '/api/invitations/by-token/none' },
  { method: 'GET', url: '/api/me/sessions' },
  { method: 'DELETE', url: '/api/me/sessions' },
  { method: 'PUT', url: '/api/me/password', payload: { current: 'one password', password: 'another password' } },
  { method: 'GET', url: '/api/me/profile' },
  { method: 'GET', url: '/api/me/passkeys' },
  { method: 'GET', url: '/api/me/oidc' },
  { method: 'POST', url: '/api/me/passkeys/options', payload: {} },
  { method: 'POST', url: '/api/me/passkeys', payload: { credential } },
  { method: 'PATCH', url: '/api/me/profile', payload: {} },
]
test.each(ofOneself.map((route) => [namesOf(route), route] as const))(
  '%s: a stranger is asked to sign in',
  async (_name, route) => {
    expect(told(await app.inject(route))).toMatchObject({ statusCode: 401, type: '/problems/signed-out' })
  },
)

test('who was removed reaches nothing of the workspace any more, and keeps what is their own', async () => {
  const removed = await given.person('Rob')
  expect((await as(author).inject({ method: 'DELETE', url: `/api/members/${removed.id}` })).statusCode).toBe(204)
  for (const route of [...routes, ...ofAdmins, ...ofTheOwner]) {
    if (/me.(sessions|passkeys)/.test(route.url)) continue
    const answer = told(await as(removed).inject(route))
    expect(answer, namesOf(route)).toMatchObject({ statusCode: 403, type: '/problems/no-workspace' })
  }
  expect((await as(removed).inject({ url: '/api/me/sessions' })).statusCode).toBe(200)
})

/** What guests of a link may do with what it leads to; to everything else they are strangers. */
const ofGuests: Record<string, number> = {
  'GET /api/updates/:id': 200,
  'PUT /api/updates/:id/view': 200,
  'GET /api/updates/:id/comments': 200,
  'POST /api/updates/:id/comments': 201,
  'GET /api/updates/:id/reactions': 200,
  [`PUT /api/updates/:id/reactions/${thumb}`]: 200,
  [`DELETE /api/updates/:id/reactions/${thumb}`]: 200,
  'GET /api/videos/:id': 200,
  'GET /api/videos/:id/captions': 200,
  'GET /api/videos/:id/captions/en': 200,
  'GET /api/comments/:id': 200,
  [`PUT /api/comments/:id/reactions/${thumb}`]: 200,
  [`DELETE /api/comments/:id/reactions/${thumb}`]: 200,
  // That of somebody else.
  'PATCH /api/comments/:id': 403,
  'DELETE /api/comments/:id': 403,
}
const ended = await share(author, published.id)
const expired = await share(author, published.id)
const guests = {
  'the link': await guest(link, { name: 'Mia' }),
  'another link': await guest(await share(author, elsewhere.id), { name: 'Noah' }),
  'a link that was revoked': await guest(ended, { name: 'Olga' }),
  'a link that has expired': await guest(expired, { name: 'Paul' }),
}
await revoke(author, ended)
await app.db.execute(`update share_links set expires_at = now() - interval '1 second' where id = '${expired.id}'`)
const statusOf = { 'another link': 404, 'a link that was revoked': 410, 'a link that has expired': 410 }

test.each(routes.map((route) => [namesOf(route), route] as const))(
  '%s: a guest may what the link is for, guests of other links, of revoked and of expired ones nothing',
  async (name, route) => {
    const isShared = [published.id, published.videoId, comment.id].some((id) => route.url.includes(id))
    const statuses = Object.entries(guests).map(async ([who, { inject }]) => [who, (await inject(route)).statusCode])
    expect(Object.fromEntries(await Promise.all(statuses))).toEqual({
      'the link': name in ofGuests ? (isShared ? ofGuests[name] : 404) : 401,
      ...Object.fromEntries(Object.entries(statusOf).map(([who, status]) => [who, name in ofGuests ? status : 401])),
    })
  },
)

const ofMembers: Route[] = [
  ...['/api/me', '/api/me/preferences', '/api/members', '/api/invitations', '/api/workspace', '/api/settings'].map((url) => ({
    method: 'GET' as const,
    url,
  })),
  { method: 'GET', url: '/api/updates' },
  { method: 'POST', url: '/api/updates', payload: { title: 'Mine' } },
  { method: 'GET', url: '/api/notifications' },
  { method: 'PUT', url: '/api/notifications/read', payload: {} },
  { method: 'PATCH', url: '/api/me', payload: { name: 'Me' } },
  { method: 'PATCH', url: '/api/workspace', payload: { playback: {} } },
  { method: 'POST', url: '/api/invitations' },
]
test.each(ofMembers)('$method $url: guests are nobody to the workspace', async (route) => {
  for (const { inject } of Object.values(guests)) expect((await inject(route)).statusCode).toBe(401)
})

test('the author may do all of it to an own draft', async () => {
  for (const route of ofVideo(`${draft.videoId}`)) {
    const answer = await as(author).inject(route)
    expect([401, 403, 404, 500], namesOf(route)).not.toContain(answer.statusCode)
  }
})

test('lists hold nothing of another workspace', async () => {
  expect((await as(foreigner).inject({ url: '/api/updates?limit=100' })).json().items).toEqual([])
  expect((await as(foreigner).inject({ url: '/api/members' })).json()).toMatchObject([{ name: 'Mallory' }])
  expect((await as(foreigner).inject({ url: '/api/invitations' })).json()).toEqual([])
  expect((await as(foreigner).inject({ url: '/api/notifications' })).json()).toMatchObject({ items: [], unread: 0 })
  expect((await as(foreigner).inject({ url: '/api/workspace' })).json()).toMatchObject({ name: 'Elsewhere' })
  const ofPeople = [
    '/api/members',
    '/api/invitations',
    '/api/me',
    '/api/me/preferences',
    '/api/workspace',
    '/api/settings',
    '/api/channels',
  ]
  for (const url of ['/api/updates', '/api/notifications', '/api/events', ...ofPeople])
    expect((await app.inject({ url })).statusCode).toBe(401)
})

test('every route of the API is in this table or open by intent', () => {
  const openByIntent = [
    '/api/sign-up',
    '/api/auth/sign-up/email',
    '/api/auth/sign-in/email',
    '/api/auth/sign-out',
    '/api/invitations/by-token/{token}',
    // Opened by the token in its path alone, see tests/api/members.test.ts.
    '/api/password-resets/{token}',
    // To everybody it answers the same, see tests/api/mails.test.ts.
    '/api/password-resets',
    '/api/auth/sign-in/link',
    '/api/auth/sign-in/link/{token}',
    '/api/auth/sign-in/passkey',
    // Bound to a browser by a cookie, see tests/api/oidc.test.ts.
    '/api/auth/oidc',
    '/api/auth/oidc/callback',
    '/api/auth/sign-in/passkey/options',
    // To nobody it answers 404 instead of 401, see tests/api/oembed.test.ts.
    '/api/oembed',
    // A link is for whoever has it, see share-links.test.ts beside this and in tests/api.
    '/api/share/{token}',
    '/api/share/{token}/open',
    '/api/share/{token}/name',
  ]
  const ofTheViewer = [
    '/api/me',
    '/api/settings',
    '/api/members',
    '/api/invitations',
    '/api/invitations/{invitationId}',
    '/api/updates',
    '/api/channels',
    '/api/events',
    '/api/me/preferences',
    ...[...ofOneself, ...ofAdmins, ...ofTheOwner].map(({ url }) => url),
    '/api/workspace',
    '/api/notifications',
    '/api/notifications/read',
  ]
  const covered = new Set(routes.map(({ url }) => known.reduce((path, id) => path.replace(id, '{}'), url)))
  const templates = Object.keys(app.swagger().paths ?? {}).filter((path) => ![...openByIntent, ...ofTheViewer].includes(path))
  const missing = templates.filter((path) => {
    const pattern = new RegExp(`^${path.replace(/\{[^}]+\}/g, '[^/]+')}$`)
    return ![...covered].some((url) => pattern.test(url))
  })
  expect(missing).toEqual([])
})
