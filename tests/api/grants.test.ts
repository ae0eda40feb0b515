import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import { cutRecording } from '../support/cut.ts'
import type { Person } from '../support/given.ts'
import { guestsOn } from '../support/guest.ts'
import { listenTo } from '../support/stream.ts'

const { app, as, given, db } = await startApp()
const { share, guest } = guestsOn(app)
const olga = await given.person('Olga')
const ada = await given.person('Ada')
const ben = await given.person('Ben')
const mallory = await given.stranger('Mallory')
const cut = await cutRecording({ ms: 2000 })

const read = async (person: Person, url: string) => (await as(person).inject({ url })).json()
const done = async (person: Person, method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', url: string, payload?: object) => {
  const answer = await as(person).inject({ method, url, ...(payload && { payload }) })
  if (answer.statusCode >= 300) throw new Error(`${method} ${url} was answered ${answer.body}`)
  return answer.body ? answer.json() : null
}
const statusOf = async (person: Person, url: string) => (await as(person).inject({ url })).statusCode
const ask = (person: Person, updateId: string) => as(person).inject({ method: 'POST', url: `/api/updates/${updateId}/asks` })
const noticesOf = async (person: Person, updateId: string) =>
  (await read(person, '/api/notifications')).items.filter((each: { update: { id: string } }) => each.update.id === updateId)
const asking = async (updateId: string): Promise<string[]> =>
  (await read(ada, `/api/updates/${updateId}/grants`)).asking.map(({ person }: { person: Person }) => person.name)

/** A recording of Ada's in a private channel of hers, which Olga and Ben are not in. */
async function secret(title: string) {
  const { id: channelId } = await done(ada, 'POST', '/api/channels', { name: `Room ${title}`, isPrivate: true })
  const made = await given.recording(ada, cut, title)
  await done(ada, 'PATCH', `/api/updates/${made.id}`, { channelId })
  return { ...made, channelId: channelId as string, url: `/api/updates/${made.id}` }
}
async function letIn(person: Person, updateId: string) {
  await ask(person, updateId)
  await expect.poll(() => asking(updateId)).toContain(person.name)
  await done(ada, 'PUT', `/api/updates/${updateId}/grants/${person.id}`)
}

test('whoever asks hears the same of what exists, what does not and what they see; the author hears once of the first', async () => {
  const { id, url } = await secret('Quiet')
  const open = await given.update(ada, { title: 'For all' })
  const draft = await given.update(ada, { video: { tracks: ['main'] } })
  const gone = await secret('Gone')
  await done(ada, 'DELETE', gone.url)
  const answers = await Promise.all(
    [id, id, crypto.randomUUID(), open.id, draft.id, gone.id].map((updateId) => ask(ben, updateId)),
  )
  expect(new Set(answers.map(({ statusCode, body }) => `${statusCode} ${body}`))).toEqual(new Set(['202 null']))
  await expect.poll(() => asking(id)).toEqual(['Ben'])
  await ask(ben, id)
  await ask(mallory, id)
  await expect.poll(() => asking(id)).toEqual(['Ben', 'Mallory'])
  expect(await noticesOf(ada, id)).toMatchObject([
    { kind: 'access-asked', actor: { name: 'Mallory' } },
    { kind: 'access-asked', actor: { name: 'Ben' } },
  ])
  expect(await db.execute('select count(*)::int as rows from update_asks')).toEqual([{ rows: 2 }])
  expect(await statusOf(ben, url)).toBe(404)
})

test('"not now" tells nobody, and whoever asks again is not heard; somebody who did not ask cannot be let in', async () => {
  const { id, url } = await secret('No')
  await ask(ben, id)
  await expect.poll(() => asking(id)).toEqual(['Ben'])
  await done(ada, 'DELETE', `${url}/asks/${ben.id}`)
  expect((await ask(ben, id)).statusCode).toBe(202)
  expect(await noticesOf(ben, id)).toEqual([])
  expect(await noticesOf(ada, id)).toEqual([])
  expect(await asking(id)).toEqual([])
  expect((await as(ada).inject({ method: 'PUT', url: `${url}/grants/${mallory.id}` })).statusCode).toBe(404)
})

test.each([
  ['a member without the channel', () => ben],
  ['the owner of another workspace', () => mallory],
  ['the owner without the channel', () => olga],
])('%s who is let in watches, comments and reacts, and does nothing else', async (_who, whom) => {
  const person = whom()
  const { id, videoId, url, channelId } = await secret(`Open for ${person.name}`)
  const { id: word } = await done(ada, 'POST', `${url}/comments`, { text: 'First' })
  await letIn(person, id)
  expect(await noticesOf(person, id)).toMatchObject([{ kind: 'let-in', actor: { name: 'Ada' } }])
  const shown = await read(person, url)
  expect(shown).toMatchObject({
    title: `Open for ${person.name}`,
    channel: null,
    letIn: true,
    canEdit: false,
    canKeep: false,
    canComment: true,
  })
  expect(shown).toMatchObject({ audience: null, keptAt: null, expiresAt: null })
  const video = await read(person, `/api/videos/${videoId}`)
  expect(video.playback.download).toBeNull()
  expect(await statusOf(person, video.playback.hls)).toBe(200)
  await done(person, 'PUT', `${url}/view`, { ranges: [[0, 2000]] })
  const said = await done(person, 'POST', `${url}/comments`, { text: 'Thank you', mentions: [ada.id] })
  expect(said.can).toMatchObject({ edit: true, hide: false })
  await done(person, 'PUT', `${url}/reactions/${encodeURIComponent('👍')}`, { atMs: 0 })
  expect(await noticesOf(ada, id)).toMatchObject([{ kind: 'mentioned', actor: { name: person.name } }])
  expect((await read(ada, url)).audience).toEqual({ total: 1, viewers: 1, caughtUp: 1 })
  expect(await read(ada, `${url}/people?q=${person.name}`)).toMatchObject([{ name: person.name }])

  const may = async (method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, payload?: object) =>
    (await as(person).inject({ method, url: path, ...(payload && { payload }) })).statusCode
  expect(await may('PATCH', url, { title: 'Mine' })).toBe(403)
  expect(await may('DELETE', url)).toBe(403)
  expect(await may('PUT', `${url}/kept`)).toBe(403)
  expect(await may('PUT', `/api/comments/${word}/hidden`)).toBe(403)
  expect(await may('PATCH', `/api/videos/${videoId}`, { cuts: [] })).toBe(403)
  expect(await may('POST', `${url}/share-links`, {})).toBe(403)
  expect(await may('POST', `${url}/comments`, { text: '', video: { tracks: ['main'] } })).toBe(403)
  for (const path of ['share-links', 'grants']) expect(await statusOf(person, `${url}/${path}`)).toBe(403)
  expect(await statusOf(person, `/api/channels/${channelId}`)).toBe(404)
  expect((await read(person, '/api/updates')).items.map((each: { id: string }) => each.id)).not.toContain(id)
  await done(ada, 'DELETE', url)
  expect((await read(person, '/api/trash')).items.map((each: { id: string }) => each.id)).not.toContain(id)
})

test('of those who can see it, who was let in knows the ones on its page alone', async () => {
  const { id, url } = await given.update(ada, { title: 'Team' }).then(({ id }) => ({ id, url: `/api/updates/${id}` }))
  await letIn(mallory, id)
  expect(await read(mallory, `${url}/people`)).toEqual([{ id: ada.id, name: 'Ada', picture: null }])
  const payload = { text: 'Hey', mentions: [ben.id] }
  expect((await as(mallory).inject({ method: 'POST', url: `${url}/comments`, payload })).statusCode).toBe(422)
  await done(ben, 'POST', `${url}/comments`, { text: 'Hello' })
  expect((await as(mallory).inject({ method: 'POST', url: `${url}/comments`, payload })).statusCode).toBe(201)
  expect((await read(ada, url)).audience.total).toBe(3)
})

test('their events are about what they were let in to alone, and after that nothing', async () => {
  const { id, url } = await given.update(ada, { title: 'Heard' }).then(({ id }) => ({ id, url: `/api/updates/${id}` }))
  const stream = await listenTo(app, mallory)
  const other = await given.update(ada, { title: 'Not for them' })
  await letIn(mallory, id)
  const { id: commentId } = await done(ada, 'POST', `${url}/comments`, { text: 'Hi' })
  const heard = await stream.until(({ data }) => JSON.stringify(data).includes(commentId))
  expect(heard.map(({ type }) => type)).toEqual(['start', 'notification', 'update', 'comment'])
  expect(JSON.stringify(heard)).not.toContain(other.id)
  await done(ada, 'DELETE', `${url}/grants/${mallory.id}`)
  await done(ada, 'POST', `${url}/comments`, { text: 'Alone again' })
  const { id: own } = await given.update(mallory, { title: 'Marker' })
  const rest = (await stream.until(({ data }) => JSON.stringify(data).includes(own))).slice(heard.length)
  expect(rest.map(({ data }) => data)).toEqual([
    { type: 'notification' },
    { type: 'update', updateId: id },
    { type: 'update', updateId: own },
  ])
  stream.close()
})

test('whose access is revoked sees nothing more, and may ask again; what plays ends within minutes', async () => {
  const { id, videoId, url } = await secret('Ends')
  await letIn(mallory, id)
  const { playback } = await read(mallory, `/api/videos/${videoId}`)
  const [expiry = ''] = playback.hls.split('/')[2].split('.')
  expect(Number.parseInt(expiry, 36) * 1000 - Date.now()).toBeLessThanOrEqual(4 * 60_000)
  expect((await read(mallory, url)).video.poster ?? playback.hls).toContain(expiry)
  const { letIn: inside } = await done(ada, 'DELETE', `${url}/grants/${mallory.id}`)
  expect(inside).toEqual([])
  for (const path of [url, `/api/videos/${videoId}`, `${url}/comments`]) expect(await statusOf(mallory, path)).toBe(404)
  expect(await noticesOf(mallory, id)).toEqual([])
  await letIn(mallory, id)
  expect(await statusOf(mallory, url)).toBe(200)
  const actions = (await read(olga, '/api/audit-events')).items.map(({ action }: { action: string }) => action)
  expect(actions.slice(0, 3)).toEqual(['update.let-in', 'update.let-in-no-more', 'update.let-in'])
})

test('a grant holds as long as who gave it sees the place, and as long as a member is one', async () => {
  const cleo = await given.person('Cleo')
  const { id, url, channelId } = await secret('Shut')
  await done(ada, 'PUT', `/api/channels/${channelId}/members/${cleo.id}`)
  await letIn(mallory, id)
  await letIn(ben, id)
  await done(cleo, 'DELETE', `/api/channels/${channelId}/members/${ada.id}`)
  expect([await statusOf(mallory, url), await statusOf(ben, url)]).toEqual([404, 404])
  await done(cleo, 'PUT', `/api/channels/${channelId}/members/${ada.id}`)
  expect([await statusOf(mallory, url), await statusOf(ben, url)]).toEqual([200, 200])
  const dan = await given.person('Dan')
  await letIn(dan, id)
  await done(olga, 'DELETE', `/api/members/${dan.id}`)
  expect(await db.execute(`select user_id from update_grants where user_id = '${dan.id}'`)).toEqual([])
})

test('the owner of its workspace may answer for the author', async () => {
  const { id } = await given.update(ada, { title: 'Ask the owner' })
  await ask(mallory, id)
  await expect.poll(() => asking(id)).toEqual(['Mallory'])
  await done(olga, 'PUT', `/api/updates/${id}/grants/${mallory.id}`)
  expect(await noticesOf(ada, id)).toEqual([])
  expect((await read(ada, `/api/updates/${id}/grants`)).letIn).toMatchObject([
    { person: { name: 'Mallory' }, by: { name: 'Olga' } },
  ])
})

test('guests and people without a session cannot ask, and nobody asks more than 20 times a day', async () => {
  const { id } = await given.update(ada, { title: 'Shared' })
  const visitor = await guest(await share(ada, id), { name: 'Mia' })
  const request = { method: 'POST' as const, url: `/api/updates/${id}/asks` }
  expect((await visitor.inject(request)).statusCode).toBe(401)
  expect((await app.inject(request)).statusCode).toBe(401)
  const eager = await given.stranger('Eager')
  const answers: number[] = []
  for (let tries = 0; tries < 21; tries++) answers.push((await ask(eager, crypto.randomUUID())).statusCode)
  expect(answers.slice(-2)).toEqual([202, 429])
})
