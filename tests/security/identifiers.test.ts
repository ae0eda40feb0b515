import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import { cutRecording } from '../support/cut.ts'

const { app, as, given, send, db } = await startApp()
const cut = await cutRecording({ ms: 2000 })
const ada = await given.person('Ada')
const ben = await given.person('Ben')
const foreign = await given.stranger('Mallory')
const one = await given.recording(ada, cut)
const other = await given.recording(ada, cut)
type Inject = Parameters<ReturnType<typeof as>['inject']>[0]
const ask = async (person: typeof ada, options: Inject) => (await as(person).inject(options)).json()
const commentOn = (updateId: string, payload: object = {}) =>
  ask(ada, { method: 'POST', url: `/api/updates/${updateId}/comments`, payload: { text: 'Hi', ...payload } })

const what = {
  id: crypto.randomUUID(),
  authorId: ben.id,
  userId: ben.id,
  workspaceId: crypto.randomUUID(),
  role: 'owner',
  createdAt: '2001-01-01T00:00:00.000Z',
  publishedAt: null,
  trashedAt: '2001-01-01T00:00:00.000Z',
  storedBytes: 0,
  passwordHash: 'x',
  emailVerified: true,
  email: 'other@example.org',
  isAdmin: true,
  views: 1000,
  createdById: ben.id,
}

test('what nobody may choose is not changed by naming it: who wrote something, where it belongs, when, and who they are', async () => {
  const { id: commentId } = await commentOn(one.id)
  const link = await ask(ada, { method: 'POST', url: `/api/updates/${one.id}/share-links`, payload: { ...what } })
  const channel = await ask(ada, { method: 'POST', url: '/api/channels', payload: { ...what, name: 'Design' } })
  const rows = () =>
    db.execute(`select (select row_to_json(u) from (select id, author_id, workspace_id, created_at, published_at, trashed_at from updates where id = '${one.id}') u) as update,
      (select row_to_json(c) from (select id, author_id, update_id, created_at from comments where id = '${commentId}') c) as comment,
      (select row_to_json(v) from (select id, update_id, stored_bytes, created_at from videos where id = '${one.videoId}') v) as video,
      (select row_to_json(l) from (select id, created_by_id, views, password_hash from share_links where id = '${link.id}') l) as link,
      (select row_to_json(k) from (select id, workspace_id, created_by_id from channels where id = '${channel.id}') k) as channel,
      (select row_to_json(p) from (select id, email, email_verified from users where id = '${ada.id}') p) as person,
      (select json_agg(m order by m.user_id) from (select user_id, workspace_id, role from members) m) as members`)
  const before = await rows()
  expect(JSON.stringify(before)).toContain(ada.id)
  for (const [url, payload] of [
    [`/api/updates/${one.id}`, { title: 'New' }],
    [`/api/comments/${commentId}`, { text: 'New' }],
    [`/api/videos/${one.videoId}`, { chapters: [] }],
    [`/api/share-links/${link.id}`, { comments: 'off' }],
    [`/api/channels/${channel.id}`, { description: 'New' }],
    ['/api/me', { name: 'Ada' }],
    ['/api/me/profile', {}],
    ['/api/me/preferences', {}],
    ['/api/workspace', {}],
  ] as const) {
    const answer = await as(ada).inject({ method: 'PATCH', url, payload: { ...what, ...payload } })
    expect(answer.statusCode, `${url} ${answer.body}`).toBeLessThan(500)
  }
  expect(await rows()).toEqual(before)
  // Nor by who creates something.
  const made = await ask(ada, { method: 'POST', url: '/api/updates', payload: { ...what, title: 'Mine' } })
  expect(made.author.id).toBe(ada.id)
  const answered = await ask(ada, {
    method: 'POST',
    url: `/api/updates/${one.id}/comments`,
    payload: { ...what, id: undefined, text: 'Hi' },
  })
  expect(answered.author.id).toBe(ada.id)
})

test('an id below another parent than its own is nothing there: comments, decisions, sessions, segments, invitations', async () => {
  const { id: foreignComment } = await commentOn(other.id)
  expect(await commentOn(one.id, { parentId: foreignComment })).toMatchObject({ type: '/problems/parent-not-found', status: 422 })
  const question = await commentOn(one.id, { type: 'question' })
  const resolved = await as(ada).inject({
    method: 'PUT',
    url: `/api/comments/${question.id}/resolution`,
    payload: { commentId: foreignComment, answerId: foreignComment },
  })
  expect(resolved.statusCode).toBeLessThan(500)
  expect((await ask(ada, { url: `/api/comments/${question.id}` })).resolution?.answerId ?? null).toBeNull()
  // A token of one video opens no other, nor a session of somebody else.
  const { playback } = await ask(ada, { url: `/api/videos/${one.videoId}` })
  expect((await app.inject({ url: playback.hls.replace(one.videoId, other.videoId) })).statusCode).toBe(403)
  const [session] = await ask(ada, { url: '/api/me/sessions' })
  expect((await as(ben).inject({ method: 'DELETE', url: `/api/me/sessions/${session.id}` })).statusCode).toBe(404)
  // What belongs to another workspace cannot be brought here.
  const channel = await ask(foreign, { method: 'POST', url: '/api/channels', payload: { name: 'Theirs' } })
  expect(
    (await as(ada).inject({ method: 'PATCH', url: `/api/updates/${one.id}`, payload: { channelId: channel.id } })).statusCode,
  ).toBe(404)
  expect(
    await ask(ada, { method: 'POST', url: `/api/updates/${one.id}/comments`, payload: { text: 'Hi', mentions: [foreign.id] } }),
  ).toMatchObject({ type: '/problems/person-not-found' })
  expect((await send(ben, one.videoId, 'main', 1, cut)).statusCode).toBe(404)
})

test.each(['../x', '..%2fx', 'constructor', '__proto__', 'x'.repeat(10_000), '%00', '1', '-1'])(
  'a video of the id %.20s does not exist for an upload (R07)',
  async (id) => {
    for (const url of [
      `/api/videos/${id}/upload`,
      `/api/videos/${id}/tracks/main/segments/1`,
      `/api/videos/${id}/file/parts/1`,
    ]) {
      const method = url.endsWith('upload') ? 'GET' : 'PUT'
      const answer = await as(ada).inject({ method, url })
      expect([400, 404, 414], answer.body).toContain(answer.statusCode)
    }
  },
)

test.each(['10000000', '-1', '1.5', '99999999999999999999'])('the segment %s cannot be (R31)', async (number) => {
  const { videoId } = await given.update(ada, { video: { tracks: ['main'] } })
  const answer = await send(ada, `${videoId}`, 'main', number as unknown as number, cut)
  expect([404, 422], answer.body).toContain(answer.statusCode)
})
