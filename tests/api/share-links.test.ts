import { schema } from '@meanwhile/shared/db/client'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import { cutRecording } from '../support/cut.ts'
import { guestsOn } from '../support/guest.ts'

const { app, as, given, db, env } = await startApp()
const { share, guest, revoke, tokenOf } = guestsOn(app)
const cut = await cutRecording()
const ada = await given.person('Ada')
const ben = await given.person('Ben')
const mallory = await given.stranger('Mallory')
const { id, videoId } = await given.recording(ada, cut, 'The plan')
const linksUrl = `/api/updates/${id}/share-links`
const list = async () => (await as(ada).inject({ url: linksUrl })).json()
const ended = { type: '/problems/share-link-ended', status: 410, detail: 'Ask who sent it for a new one.' }

test('a link without rules opens at once, and its address can be read again at any time', async () => {
  const link = await share(ada, id)
  expect(link).toMatchObject({
    hasPassword: false,
    expiresAt: null,
    comments: 'guests',
    allowDownload: false,
    isIndexed: false,
    views: 0,
  })
  expect(link.url).toMatch(new RegExp(`^${env.PUBLIC_URL}/s/[\\w-]{48}$`))
  expect(link.embedUrl).toBe(link.url.replace('/s/', '/embed/s/'))
  expect((await list())[0]).toEqual(link)
  const stranger = await guest(link)
  expect(stranger.opened.json()).toMatchObject({ needs: null, open: { updateId: id, member: false, guest: { name: null } } })
  expect((await stranger.inject({ url: `/api/updates/${id}` })).json()).toMatchObject({
    title: 'The plan',
    url: link.url,
    canEdit: false,
    audience: null,
  })
})

test('a guest of an update in a private channel watches it, and learns nothing of the channel', async () => {
  const place = { name: 'Zeppelins', isPrivate: true }
  const { id: channelId } = (await as(ada).inject({ method: 'POST', url: '/api/channels', payload: place })).json()
  const kept = await given.recording(ada, cut, 'Kept to a few')
  await as(ada).inject({ method: 'PATCH', url: `/api/updates/${kept.id}`, payload: { channelId } })
  const mia = await guest(await share(ada, kept.id), { name: 'Mia' })
  const shown = await mia.inject({ url: `/api/updates/${kept.id}` })
  expect(shown.json()).toMatchObject({ title: 'Kept to a few', channel: null, canComment: true })
  expect((await mia.inject({ url: `/api/videos/${kept.videoId}` })).statusCode).toBe(200)
  const reader = await guest(await share(ada, kept.id, { comments: 'members' }), { name: 'Rita' })
  expect((await reader.inject({ url: `/api/updates/${kept.id}` })).json()).toMatchObject({ canComment: false })
  await as(ada).inject({ method: 'PATCH', url: `/api/channels/${channelId}`, payload: { commentsAllowed: false } })
  expect((await mia.inject({ url: `/api/updates/${kept.id}` })).json()).toMatchObject({ canComment: false })
  const payload = { text: 'Hello' }
  const refused = await mia.inject({ method: 'POST', url: `/api/updates/${kept.id}/comments`, payload })
  expect(refused.json()).toMatchObject({ type: '/problems/forbidden', status: 403 })
  for (const url of ['/api/channels', `/api/channels/${channelId}`, `/api/channels/${channelId}/members`])
    expect((await mia.inject({ url })).statusCode).toBe(401)
  expect(shown.body).not.toContain('Zeppelins')
})

test('a link ends for those who may not see any more what they shared: taken out of its channel, or of the workspace', async () => {
  const cleo = await given.person('Cleo')
  const place = { name: 'Narrow', isPrivate: true }
  const { id: channelId } = (await as(ada).inject({ method: 'POST', url: '/api/channels', payload: place })).json()
  const member = { url: `/api/channels/${channelId}/members/${cleo.id}` }
  await as(ada).inject({ method: 'PUT', ...member })
  const inside = await given.update(cleo, { title: 'Inside', channelId })
  const outside = await given.update(cleo, { title: 'For all' })
  const doors = [await guest(await share(cleo, inside.id)), await guest(await share(cleo, outside.id))]
  const statuses = async () =>
    Promise.all(
      doors.map(async (door, at) => (await door.inject({ url: `/api/updates/${[inside, outside][at]?.id}` })).statusCode),
    )
  expect(await statuses()).toEqual([200, 200])
  await as(ada).inject({ method: 'DELETE', ...member })
  expect(await statuses()).toEqual([410, 200])
  await as(ada).inject({ method: 'DELETE', url: `/api/members/${cleo.id}` })
  expect(await statuses()).toEqual([410, 410])
})

test('a member is led to the update also while they are in another of their workspaces', async () => {
  const dan = await given.person('Dan')
  const link = await share(ada, id, { password: 'open sesame' })
  await as(dan).inject({ method: 'POST', url: '/api/workspaces', payload: { name: 'His own' } })
  const { opened } = await guest(link, { as: dan })
  expect(opened.json()).toMatchObject({ needs: null, open: { updateId: id, member: true, guest: null } })
})

test('what opens a link is not in the database', async () => {
  const link = await share(ada, id, { password: 'open sesame' })
  const [row] = await db.select().from(schema.shareLinks).where(eq(schema.shareLinks.id, link.id))
  expect(JSON.stringify(row)).not.toContain(tokenOf(link).slice(22))
  expect(row?.passwordHash).toMatch(/^[0-9a-f]{32}:[0-9a-f]{128}$/)
})

test('a password is asked for before anything is told; another password closes it to all who knew the old one', async () => {
  const link = await share(ada, id, { password: 'open sesame' })
  const url = `/api/share/${tokenOf(link)}`
  expect((await app.inject({ url })).json()).toEqual({ needs: 'password', open: null })
  expect((await app.inject({ method: 'POST', url: `${url}/open`, payload: {} })).json()).toMatchObject({
    type: '/problems/share-link-locked',
    status: 401,
  })
  const wrong = await app.inject({ method: 'POST', url: `${url}/open`, payload: { password: 'open barley' } })
  expect(wrong.json()).toMatchObject({ type: '/problems/wrong-password', status: 403 })
  expect(wrong.headers['set-cookie']).toBeUndefined()
  const bearer = { 'meanwhile-share': tokenOf(link) }
  expect((await app.inject({ url: `/api/updates/${id}`, headers: bearer })).json()).toMatchObject({
    status: 401,
    type: '/problems/share-link-locked',
  })

  const mia = await guest(link, { password: 'open sesame' })
  expect((await mia.inject({ url: `/api/updates/${id}` })).statusCode).toBe(200)
  expect((await mia.inject({ url })).json()).toMatchObject({ needs: null })
  await as(ada).inject({ method: 'PATCH', url: `/api/share-links/${link.id}`, payload: { password: 'another one' } })
  expect((await mia.inject({ url: `/api/updates/${id}` })).statusCode).toBe(401)
  expect((await mia.inject({ url })).json()).toMatchObject({ needs: 'password' })
  expect((await guest(link, { password: 'open sesame' })).opened.statusCode).toBe(403)
  await as(ada).inject({ method: 'PATCH', url: `/api/share-links/${link.id}`, payload: { password: null } })
  expect((await app.inject({ url })).json()).toMatchObject({ needs: null })
})

test('a link that was revoked, has expired or leads to what was deleted says that it has ended, and not more', async () => {
  const revoked = await share(ada, id)
  const mia = await guest(revoked, { name: 'Mia' })
  await revoke(ada, revoked)
  const expired = await share(ada, id, { expiresAt: new Date(Date.now() + 60_000).toISOString() })
  await db
    .update(schema.shareLinks)
    .set({ expiresAt: new Date(Date.now() - 1000) })
    .where(eq(schema.shareLinks.id, expired.id))
  const gone = await given.update(ada, { title: 'Gone' })
  const toGone = await share(ada, gone.id)
  await as(ada).inject({ method: 'DELETE', url: `/api/updates/${gone.id}` })
  for (const link of [revoked, expired, toGone]) {
    const { statusCode, body } = await app.inject({ url: `/api/share/${tokenOf(link)}` })
    expect([statusCode, JSON.parse(body)]).toEqual([410, { ...ended, title: expect.any(String), instance: expect.any(String) }])
  }
  expect((await mia.inject({ url: `/api/updates/${id}` })).json()).toMatchObject(ended)
  expect((await list()).map((link: { id: string }) => link.id)).not.toContain(revoked.id)
  expect((await list()).map((link: { id: string }) => link.id)).toContain(expired.id)
})

test('a guest writes under a name that they say, changes and deletes it, and asks; the author hears of it', async () => {
  const link = await share(ada, id)
  const mia = await guest(link)
  const url = `/api/updates/${id}/comments`
  expect((await mia.inject({ method: 'POST', url, payload: { text: 'Hi' } })).json()).toMatchObject({
    type: '/problems/name-needed',
  })
  const named = await mia.inject({ method: 'PUT', url: `/api/share/${mia.token}/name`, payload: { name: 'Mia' } })
  expect(named.json()).toMatchObject({ open: { guest: { id: mia.id, name: 'Mia' } } })
  const said = (await mia.inject({ method: 'POST', url, payload: { text: 'Why?', type: 'question', atMs: 1000 } })).json()
  expect(said).toMatchObject({
    author: { id: mia.id, name: 'Mia', guest: true },
    can: { edit: true, delete: true, hide: false, resolve: false },
  })
  expect((await as(ada).inject({ url: '/api/notifications' })).json().items[0]).toMatchObject({
    kind: 'answered',
    actor: { name: 'Mia', guest: true },
    comment: { type: 'question', text: 'Why?' },
  })
  const changed = await mia.inject({ method: 'PATCH', url: `/api/comments/${said.id}`, payload: { text: 'Why now?' } })
  expect(changed.json()).toMatchObject({ text: 'Why now?' })
  const other = await guest(link, { name: 'Noah' })
  expect((await other.inject({ method: 'PATCH', url: `/api/comments/${said.id}`, payload: { text: 'Mine' } })).statusCode).toBe(
    403,
  )
  const reply = await other.inject({ method: 'POST', url, payload: { text: 'Me too', parentId: said.id } })
  expect(reply.statusCode).toBe(201)
  expect((await mia.inject({ method: 'DELETE', url: `/api/comments/${said.id}` })).statusCode).toBe(204)
})

test.each([
  ['mention somebody', { text: 'Hi', mentions: [ben.id] }],
  ['ask somebody in particular', { text: 'Hi', type: 'question', ownerId: ada.id }],
  ['decide', { text: 'So be it', type: 'decision' }],
  ['give something to do', { text: 'Do it', type: 'action' }],
  ['answer by video', { text: '', video: { tracks: ['main'] } }],
])('a guest may not %s', async (_what, payload) => {
  const mia = await guest(await share(ada, id), { name: 'Mia' })
  const answer = await mia.inject({ method: 'POST', url: `/api/updates/${id}/comments`, payload })
  expect(answer.json()).toMatchObject({ type: '/problems/forbidden', status: 403 })
})

test('where the workspace talks among itself, guests read or see nothing, as the link says', async () => {
  const { id: updateId } = await given.update(ada, { title: 'Talk' })
  const comments = `/api/updates/${updateId}/comments`
  const said = (await as(ben).inject({ method: 'POST', url: comments, payload: { text: 'Among us' } })).json()
  const reader = await guest(await share(ada, updateId, { comments: 'members' }), { name: 'Mia' })
  const outsider = await guest(await share(ada, updateId, { comments: 'off' }), { name: 'Noah' })
  expect((await reader.inject({ url: comments })).json().items).toHaveLength(1)
  expect((await outsider.inject({ url: comments })).json().items).toEqual([])
  expect((await outsider.inject({ url: `/api/comments/${said.id}` })).statusCode).toBe(404)
  expect((await outsider.inject({ url: `/api/updates/${updateId}` })).json()).toMatchObject({ commentCount: 0 })
  const thumb = encodeURIComponent('👍')
  for (const each of [reader, outsider]) {
    expect((await each.inject({ method: 'POST', url: comments, payload: { text: 'Hi' } })).statusCode).toBe(403)
    expect(
      (await each.inject({ method: 'PUT', url: `/api/updates/${updateId}/reactions/${thumb}`, payload: {} })).statusCode,
    ).toBe(403)
  }
})

test('guests are nobody to the workspace: no member, nobody to mention, no audience; their views are counted once at their link', async () => {
  const { id: updateId, videoId: ofIt } = await given.recording(ada, cut, 'Watched')
  const link = await share(ada, updateId)
  const mia = await guest(link, { name: 'Mia' })
  const view = `/api/updates/${updateId}/view`
  const watch = (ranges: number[][]) => mia.inject({ method: 'PUT', url: view, payload: { ranges } })
  const views = async () => (await as(ada).inject({ url: `/api/updates/${updateId}/share-links` })).json()[0].views
  await watch([[0, 1000]])
  expect(await views()).toBe(0)
  await watch([[1000, 5000]])
  await watch([[0, 5000]])
  expect(await views()).toBe(1)
  expect((await mia.inject({ url: `/api/updates/${updateId}` })).json().view).toMatchObject({
    seen: [[0, 5000]],
    positionMs: 5000,
  })
  expect((await as(ada).inject({ url: `/api/updates/${updateId}` })).json().audience).toMatchObject({ viewers: 0 })
  expect((await as(ada).inject({ url: '/api/members' })).body).not.toContain('Mia')
  expect((await as(ada).inject({ url: `/api/updates/${updateId}/people?q=Mi` })).json()).toEqual([])
  expect((await mia.inject({ url: `/api/videos/${ofIt}` })).statusCode).toBe(200)
})

test('who is not known, as inside of another site, watches and leaves nothing behind', async () => {
  const link = await share(ada, id)
  const headers = { 'meanwhile-share': tokenOf(link) }
  const before = await db.$count(schema.users)
  expect((await app.inject({ url: `/api/videos/${videoId}`, headers })).statusCode).toBe(200)
  const view = await app.inject({ method: 'PUT', url: `/api/updates/${id}/view`, headers, payload: { ranges: [[0, 5000]] } })
  expect(view.statusCode).toBe(200)
  const said = await app.inject({ method: 'POST', url: `/api/updates/${id}/comments`, headers, payload: { text: 'Hi' } })
  expect(said.statusCode).toBe(403)
  expect(await db.$count(schema.users)).toBe(before)
})

test('a member is led to the update itself; somebody of another workspace is a guest with their own name', async () => {
  const link = await share(ada, id, { password: 'open sesame' })
  expect((await as(ben).inject({ url: `/api/share/${tokenOf(link)}` })).json()).toMatchObject({
    open: { updateId: id, member: true },
  })
  expect((await as(mallory).inject({ url: `/api/share/${tokenOf(link)}` })).json()).toEqual({ needs: 'password', open: null })
  const known = await guest(link, { password: 'open sesame', as: mallory })
  expect(known.opened.json()).toMatchObject({ open: { member: false, guest: { name: 'Mallory' } } })
  const said = await known.inject({ method: 'POST', url: `/api/updates/${id}/comments`, payload: { text: 'Hi' } })
  expect(said.json().author).toMatchObject({ name: 'Mallory', guest: true })
  expect(said.json().author.id).not.toBe(mallory.id)
  // Without the link they are who they are.
  expect((await as(mallory).inject({ url: `/api/updates/${id}` })).statusCode).toBe(404)
})

test('guests have media addresses of a few minutes, and a download where the link says so', async () => {
  const without = await guest(await share(ada, id))
  const withIt = await guest(await share(ada, id, { allowDownload: true }))
  await db
    .insert(schema.assets)
    .values({ videoId, name: 'original', stage: 'original', key: `videos/${videoId}/1/original.mp4`, sizeBytes: 1 })
  const playback = async (who: typeof without) => (await who.inject({ url: `/api/videos/${videoId}` })).json().playback
  const { expiresAt, download, original } = await playback(without)
  expect(Date.parse(expiresAt) - Date.now()).toBeLessThanOrEqual(4 * 60_000)
  expect(Date.parse(expiresAt) - Date.now()).toBeGreaterThan(60_000)
  expect(download).toBeNull()
  expect(original).toContain('/original.mp4')
  expect((await playback(withIt)).download).toContain('/download/original.mp4')
})

test('only the author makes and changes links; admins see and revoke them; rules are checked', async () => {
  const own = await given.update(ben, { title: 'By Ben' })
  const url = `/api/updates/${own.id}/share-links`
  const link = await share(ben, own.id)
  expect((await as(ada).inject({ url })).json()).toMatchObject([{ id: link.id, createdBy: { name: 'Ben' } }])
  expect((await as(ada).inject({ method: 'POST', url, payload: {} })).statusCode).toBe(403)
  expect(
    (await as(ada).inject({ method: 'PATCH', url: `/api/share-links/${link.id}`, payload: { password: null } })).statusCode,
  ).toBe(403)
  expect((await revoke(ada, link)).statusCode).toBe(204)
  expect((await revoke(ada, link)).statusCode).toBe(404)
  expect((await as(ben).inject({ url: linksUrl })).statusCode).toBe(403)
  for (const rules of [
    { password: 'short' },
    { expiresAt: '2020-01-01T00:00:00Z' },
    { comments: 'all' },
    { allowDownload: 'yes' },
  ])
    expect((await as(ben).inject({ method: 'POST', url, payload: rules })).statusCode).toBe(400)
  const draft = await given.update(ben, { title: 'Begun', video: { tracks: ['main'] } })
  const early = await as(ben).inject({ method: 'POST', url: `/api/updates/${draft.id}/share-links`, payload: {} })
  expect(early.json()).toMatchObject({ type: '/problems/not-published', status: 409 })
})

test('a guest hears what happens to the update, and nothing else; revoking ends it', async () => {
  const link = await share(ada, id)
  const mia = await guest(link, { name: 'Mia' })
  const heard: string[] = []
  const viewer = app.findGuestOf({ query: { share: mia.token }, headers: { cookie: mia.cookie } } as never)
  const listener = {
    viewer: (await viewer) as never,
    hear: ({ event }: { event: object }) => heard.push(JSON.stringify(event)),
    pass() {},
    end() {},
  }
  const stop = app.hub.add(listener)
  const other = await given.update(ada, { title: 'Another' })
  const said = (await as(ben).inject({ method: 'POST', url: `/api/updates/${id}/comments`, payload: { text: 'Live' } })).json()
  await revoke(ada, link)
  await expect.poll(() => heard).toContain(JSON.stringify({ type: 'update', updateId: id }))
  expect(heard).toContain(JSON.stringify({ type: 'comment', updateId: id, commentId: said.id }))
  expect(heard.join()).not.toContain(other.id)
  expect(heard.join()).not.toContain('notification')
  stop()
  expect((await mia.inject({ url: `/api/events?share=${mia.token}` })).json()).toMatchObject(ended)
})
