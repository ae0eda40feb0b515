import { copyFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { schema } from '@meanwhile/shared/db/client'
import { keys } from '@meanwhile/shared/platform/keys'
import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import { cutRecording } from '../support/cut.ts'

const { app, as, given, env, storage } = await startApp()
const owner = await given.person('Olga')
const ada = await given.person('Ada')
const ben = await given.person('Ben')
type Someone = typeof ada

const cut = await cutRecording({ ms: 2000 })
const ask = (person: Someone, method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', url: string, payload?: object) =>
  as(person).inject({ method, url, ...(payload && { payload }) })

/** A recording whose sound the worker has made. */
async function spoken(author: Someone, title: string, channelId: string | null = null) {
  const { id, videoId } = await given.recording(author, cut, title)
  if (channelId) await ask(author, 'PATCH', `/api/updates/${id}`, { channelId })
  const key = keys.asset(videoId, crypto.randomUUID(), 'audio.m4a')
  const copy = join(tmpdir(), `${crypto.randomUUID()}.m4a`)
  await copyFile(cut.file(1), copy)
  await storage.putFile(key, copy)
  const sizeBytes = (await cut.bytes(1)).length
  await app.db.insert(schema.assets).values({ videoId, name: 'audio', stage: 'renditions', key, sizeBytes, durationMs: 2000 })
  return id
}
async function subscribe(person: Someone, payload: object = {}) {
  const made = await ask(person, 'POST', '/api/me/podcasts', payload)
  expect(made.statusCode).toBe(201)
  return { ...(made.json() as { id: string; url: string }), path: made.json().url.replace(env.PUBLIC_URL, '') as string }
}
/** What a podcast program fetches: it has no session. */
const fetchAs = (url: string, headers: Record<string, string> = {}) => app.inject({ url, headers })
const titlesIn = (xml: string) => [...xml.matchAll(/<title>(.*?)<\/title>/g)].slice(1).map(([, title]) => title)
const audioIn = (xml: string) =>
  [...xml.matchAll(/<enclosure url="(.*?)"/g)].map(([, url]) => `${url}`.replace(env.PUBLIC_URL, ''))

await ask(owner, 'POST', '/api/channels', { name: 'Design', isPrivate: false })
const secretId = (await ask(ada, 'POST', '/api/channels', { name: 'Secret', isPrivate: true })).json().id as string
await ask(ada, 'PUT', `/api/channels/${secretId}/members/${ben.id}`)
const openId = await spoken(ada, 'News & <views>')
const hiddenId = await spoken(ada, 'Hush', secretId)
await given.update(ada, { title: 'Only text' })

test('a feed holds what its person can hear, newest first, as text; its sound is sent in ranges without a session', async () => {
  const { path } = await subscribe(ben)
  const feed = await fetchAs(path)
  expect(feed.statusCode).toBe(200)
  expect(feed.headers['content-type']).toBe('application/rss+xml; charset=utf-8')
  expect(feed.headers['cache-control']).toBe('private, no-cache')
  expect(titlesIn(feed.body)).toEqual(['Ada: Hush', 'Ada: News &amp; &lt;views&gt;'])
  const [audio = ''] = audioIn(feed.body)
  const part = await fetchAs(audio, { range: 'bytes=0-9' })
  expect([part.statusCode, part.headers['content-type'], part.rawPayload.length]).toEqual([206, 'audio/mp4', 10])
  expect((await app.inject({ method: 'HEAD', url: audio })).statusCode).toBe(200)
})

test('it is told once, kept as a hash, and another one takes its place', async () => {
  const one = await subscribe(ben)
  const other = await subscribe(ben)
  expect((await fetchAs(one.path)).statusCode).toBe(404)
  expect((await fetchAs(other.path)).statusCode).toBe(200)
  const listed = await ask(ben, 'GET', '/api/me/podcasts')
  expect(listed.json()).toMatchObject([{ id: other.id, channel: null, checkIn: null, readAt: expect.any(String) }])
  expect(listed.body).not.toContain(other.path.split('/')[2])
  const rows = await app.db.select().from(schema.podcastFeeds)
  expect(JSON.stringify(rows)).not.toContain(other.path.split('/')[2])
})

test('a feed of a channel holds that alone, and is nothing for who does not see it', async () => {
  const { path } = await subscribe(ben, { channelId: secretId })
  const { body } = await fetchAs(path)
  expect(titlesIn(body)).toEqual(['Ada: Hush'])
  expect(body).toMatch(/<title>Secret · /)
  expect((await ask(owner, 'POST', '/api/me/podcasts', { channelId: secretId })).statusCode).toBe(404)
  expect((await ask(ben, 'POST', '/api/me/podcasts', { channelId: secretId, checkInId: crypto.randomUUID() })).statusCode).toBe(
    400,
  )
  expect((await ask(ben, 'POST', '/api/me/podcasts', { checkInId: crypto.randomUUID() })).statusCode).toBe(404)
})

test('a revoked feed answers like one that never was, and so does its sound', async () => {
  const { id, path } = await subscribe(ben)
  const [audio = ''] = audioIn((await fetchAs(path)).body)
  expect((await ask(ada, 'DELETE', `/api/me/podcasts/${id}`)).statusCode).toBe(404)
  expect((await ask(ben, 'DELETE', `/api/me/podcasts/${id}`)).statusCode).toBe(204)
  expect((await fetchAs(path)).statusCode).toBe(404)
  expect((await fetchAs(audio)).statusCode).toBe(404)
  expect((await fetchAs(path.replace(/[^/]{20,}/, 'x'.repeat(43)))).json().type).toBe('/problems/not-found')
})

test('what its person may not hear any more is gone from it at once', async () => {
  const { path } = await subscribe(ben)
  const audioOf = async (id: string) => audioIn((await fetchAs(path)).body).find((url) => url.includes(id))
  const [open, hidden] = [await audioOf(openId), await audioOf(hiddenId)]
  await ask(ada, 'DELETE', `/api/channels/${secretId}/members/${ben.id}`)
  expect(titlesIn((await fetchAs(path)).body)).toEqual(['Ada: News &amp; &lt;views&gt;'])
  expect((await fetchAs(`${hidden}`)).statusCode).toBe(404)
  expect((await fetchAs(`${open}`)).statusCode).toBe(200)
  // Its signature is for one update alone.
  expect((await fetchAs(`${open}`.replace(openId, hiddenId))).statusCode).toBe(404)
  await ask(ada, 'DELETE', `/api/updates/${openId}`)
  expect((await fetchAs(`${open}`)).statusCode).toBe(404)
})

test('who leaves the workspace has no feed of it any more', async () => {
  const zoe = await given.person('Zoe')
  await spoken(ada, 'Later')
  const { path } = await subscribe(zoe)
  const [audio = ''] = audioIn((await fetchAs(path)).body)
  expect((await fetchAs(audio)).statusCode).toBe(200)
  await ask(owner, 'DELETE', `/api/members/${zoe.id}`)
  expect((await fetchAs(path)).statusCode).toBe(404)
  expect((await fetchAs(audio)).statusCode).toBe(404)
})

test('a feed of a check-in holds its answers alone, beside that of everything, and a new one takes the place of the last of its kind', async () => {
  await ask(ada, 'PUT', `/api/channels/${secretId}/members/${ben.id}`)
  const today = new Date().toISOString().slice(0, 10)
  const draft = {
    name: 'Stand-up',
    questions: [{ id: 'one', kind: 'open', text: 'Well?' }],
    cadence: { rule: 'FREQ=DAILY', dates: [], startsOn: today, timeZone: 'UTC' },
    people: [{ userId: ada.id, role: 'participant' }],
    channelId: secretId,
  }
  const { id: checkInId } = (await ask(ada, 'POST', '/api/check-ins', draft)).json()
  const [round] = await app.db
    .insert(schema.rounds)
    .values({ checkInId, date: today, questions: [], opensAt: new Date(), dueAt: new Date(), openedAt: new Date() })
    .returning()
  const answerId = await spoken(ada, 'Answered', secretId)
  await app.db.insert(schema.answers).values({ updateId: answerId, roundId: round!.id, userId: ada.id })
  const all = await subscribe(ben)
  const first = await subscribe(ben, { checkInId })
  const second = await subscribe(ben, { checkInId })
  expect((await fetchAs(first.path)).statusCode).toBe(404)
  expect((await fetchAs(all.path)).statusCode).toBe(200)
  expect(titlesIn((await fetchAs(second.path)).body)).toEqual(['Ada: Answered'])
  // Whoever is taken out of its channel does not even learn what it is called by now.
  await ask(ada, 'DELETE', `/api/channels/${secretId}/members/${ben.id}`)
  expect((await fetchAs(second.path)).statusCode).toBe(404)
  expect((await fetchAs(all.path)).statusCode).toBe(200)
})
