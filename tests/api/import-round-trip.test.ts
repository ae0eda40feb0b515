import { forgetTransfers } from '@meanwhile/worker/transfers/forget-transfers'
import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../support/app.ts'
import { type Cut, cutRecording } from '../support/cut.ts'
import type { Person } from '../support/given.ts'
import { transfersOn } from '../support/take-in.ts'
import { plain } from '../worker/cut.ts'
import { cutAsRecorder } from '../worker/cut-as-recorder.ts'

const [there, here] = [await startApp(), await startApp()]
const [outgoing, incoming] = [transfersOn(there), transfersOn(here)]
const olga = await there.given.person('Olga')
const ben = await there.given.person('Ben')
const eve = await there.given.person('Eve')
/** Another installation: its owner is somebody else, Ben is there with the same address, and so is somebody who is called Eve. */
const nora = await here.given.person('Nora')
const benHere = await here.given.person('Ben')
const eveHere = await here.given.person('Eve')
await here.db.execute(`update users set email = '${ben.email}', email_verified = true where id = '${benHere.id}'`)
await here.db.execute(`update users set email = 'another-eve@example.org' where id = '${eveHere.id}'`)

const cut = await cutRecording({ ms: 5000 })
const late = await cutAsRecorder(plain('red', '320x240', 3, 25), { fromS: 1 })
const camera = { ...cut, ...late, durationMs: () => 2000 } as Cut

const post = async (person: Person, url: string, payload: object = {}) =>
  (await there.as(person).inject({ method: 'POST', url, payload })).json()
const put = (person: Person, url: string, payload?: object) =>
  there.as(person).inject({ method: 'PUT', url, ...(payload ? { payload } : {}) })

const { id: plansId } = await post(olga, '/api/channels', { name: 'Plans', description: 'What comes next' })
const { id: privateId } = await post(ben, '/api/channels', { name: 'Private', isPrivate: true })
await there.as(ben).inject({ method: 'PUT', url: `/api/channels/${privateId}/members/${olga.id}` })
const update = await there.given.recording(ben, cut, 'Where we are', camera)
await there.as(ben).inject({ method: 'PATCH', url: `/api/updates/${update.id}`, payload: { body: 'Two lines\nof text' } })
await there.given.edit(ben, update.videoId, {
  cuts: [[500, 1000]],
  chapters: [{ atMs: 2000, title: 'The rest' }],
  layout: { shape: 'rounded', size: 'large', x: 0, y: 1 },
})
await there.as(ben).inject({
  method: 'PUT',
  url: `/api/videos/${update.videoId}/captions/en`,
  headers: { 'content-type': 'text/vtt' },
  payload: 'WEBVTT\n\n00:01.000 --> 00:02.000\nHello &amp; all',
})
const comments = `/api/updates/${update.id}/comments`
const said = await post(eve, comments, {
  text: 'Wich one?',
  atMs: 1500,
  endMs: 2500,
  type: 'question',
  ownerId: ben.id,
  mentions: [ben.id],
})
await there.as(eve).inject({ method: 'PATCH', url: `/api/comments/${said.id}`, payload: { text: 'Which one?' } })
const answer = await post(ben, comments, { text: 'The first', parentId: said.id })
await put(ben, `/api/comments/${said.id}/resolution`, { answerId: answer.id })
const first = await post(olga, comments, { text: 'We ship A', type: 'decision' })
const next = await there.given.update(olga, { title: 'Only text', body: 'Later', channelId: plansId })
await post(ben, `/api/updates/${next.id}/comments`, { text: 'We ship B', type: 'decision', supersedesId: first.id })
await put(eve, `/api/comments/${answer.id}/reactions/${encodeURIComponent('👍')}`)
await put(eve, `/api/updates/${update.id}/reactions/${encodeURIComponent('🎉')}`, { atMs: 2000 })
await there.given.update(ben, { title: 'Not for all', channelId: privateId })

const get = async (on: TestApp, person: Person, url: string) => {
  const answered = await on.as(person).inject({ url })
  if (answered.statusCode !== 200) throw new Error(`${url} answered ${answered.body}`)
  return answered.json()
}
const updatesOf = async (on: TestApp, person: Person) => (await get(on, person, '/api/updates?limit=100')).items
async function ready(on: TestApp, person: Person, title: string, { processed }: typeof outgoing) {
  const { id, videoId } = (await updatesOf(on, person)).find((each: { title: string }) => each.title === title)
  await processed(videoId)
  const video = await get(on, person, `/api/videos/${videoId}`)
  expect(video.stages.filter(({ state }: { state: string }) => state === 'done')).toHaveLength(3)
  return { id, video }
}

/** What the API says, without what differs in every installation: ids become the order in which they are met, names of people stay. */
function alike(value: unknown, drop: string[] = []): unknown {
  const known = new Map<string, string>()
  const without = new Set(['url', 'urls', 'playback', 'stages', 'requestId', 'can', 'guest', 'version', 'updatedAt', ...drop])
  const walk = (each: unknown): unknown => {
    if (Array.isArray(each)) return each.map(walk)
    if (typeof each === 'string' && /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(each)) {
      if (!known.has(each)) known.set(each, `id ${known.size + 1}`)
      return known.get(each)
    }
    if (each === null || typeof each !== 'object') return each
    return Object.fromEntries(
      Object.entries(each)
        .filter(([name]) => !without.has(name))
        .map(([name, inner]) => [name, walk(inner)]),
    )
  }
  return walk(value)
}

const before = await ready(there, olga, 'Where we are', outgoing)
const zip = await outgoing.exported(olga)

test('an export that is imported into another installation says and plays there what it did here', async () => {
  const transfer = await incoming.imported(nora, zip)
  expect(transfer).toMatchObject({
    ...{ kind: 'import', state: 'done', name: 'Team.zip', url: null, error: null },
    report: { people: 2, channels: 2, updates: 3, comments: 4, videos: 1, notes: [] },
  })
  const after = await ready(here, nora, 'Where we are', incoming)
  const [old, brought] = [await updatesOf(there, olga), await updatesOf(here, nora)]
  expect(brought.map(({ title }: { title: string }) => title)).toEqual(old.map(({ title }: { title: string }) => title))
  // Who has seen what stays where it was, and so do what each viewer may do and how long the recording is to a millisecond.
  const ofViewer = [
    'audience',
    'views',
    'view',
    'positionMs',
    'isNew',
    'watched',
    'seen',
    'video',
    'canKeep',
    'canEdit',
    'canComment',
  ]
  for (const [index, each] of old.entries()) {
    const [one, other] = [
      await get(there, olga, `/api/updates/${each.id}`),
      await get(here, nora, `/api/updates/${brought[index].id}`),
    ]
    expect(alike(other, ofViewer)).toEqual(alike(one, ofViewer))
    const url = (id: string) => `/api/updates/${id}/comments`
    expect(alike(await get(here, nora, url(other.id)))).toEqual(alike(await get(there, olga, url(one.id))))
  }
  for (const field of ['cuts', 'chapters', 'layout', 'captions', 'tracks'] as const)
    expect(alike(after.video[field])).toEqual(alike(before.video[field]))
  expect(Math.abs(after.video.recordedMs - before.video.recordedMs)).toBeLessThan(60)
  const cues = async (on: TestApp, person: Person, id: string) => (await get(on, person, `/api/videos/${id}/captions/en`)).cues
  expect(await cues(here, nora, after.video.id)).toEqual(await cues(there, olga, before.video.id))
  const history = async (on: TestApp, person: Person, updateId: string) => {
    const { items } = await get(on, person, `/api/updates/${updateId}/comments`)
    const { id } = items.find(({ type }: { type: string }) => type === 'question')
    return alike(await get(on, person, `/api/comments/${id}/history`))
  }
  expect(await history(here, nora, after.id)).toEqual(await history(there, olga, before.id))
  const channels = async (on: TestApp, person: Person) =>
    (await get(on, person, '/api/channels')).items.map(({ name, description, isPrivate }: Record<string, unknown>) => ({
      name,
      description,
      isPrivate,
    }))
  expect(await channels(here, nora)).toEqual(await channels(there, olga))
})

test('the camera is a track of its own again, as late as it was', async () => {
  const startOf = async (on: TestApp, videoId: string) => {
    const [row] = await on.db.execute<{ ms: number; duration: number }>(
      `select duration_ms as duration from assets where video_id = '${videoId}' and name = 'camera'`,
    )
    return row?.duration
  }
  const after = await ready(here, nora, 'Where we are', incoming)
  const [old, brought] = [await startOf(there, before.video.id), await startOf(here, after.video.id)]
  expect(old).toBeGreaterThan(2500)
  expect(Math.abs((brought ?? 0) - (old ?? 0))).toBeLessThan(80)
})

test('people are the same by their address and never by their name, and nobody signs in as who is only a name', async () => {
  const after = (await updatesOf(here, nora)).find(({ title }: { title: string }) => title === 'Where we are')
  expect(after.author.id).toBe(benHere.id)
  const { items } = await get(here, nora, `/api/updates/${after.id}/comments`)
  const question = items.find(({ type }: { type: string }) => type === 'question')
  expect(question.author).toMatchObject({ name: 'Eve', guest: true })
  expect(question.author.id).not.toBe(eveHere.id)
  const [row] = await here.db.execute<{ email: string; accounts: number; members: number }>(
    `select email, (select count(*)::int from accounts where user_id = users.id) accounts,
      (select count(*)::int from members where user_id = users.id) members from users where id = '${question.author.id}'`,
  )
  expect(row).toMatchObject({ accounts: 0, members: 0, email: expect.stringMatching(/@imported\.invalid$/) })
  for (const [url, payload] of [
    ['/api/auth/sign-in/email', { email: row?.email, password: here.password }],
    ['/api/auth/sign-up/email', { email: row?.email, password: here.password, name: 'Eve' }],
  ] as const)
    expect((await here.app.inject({ method: 'POST', url, payload })).statusCode).toBeGreaterThanOrEqual(400)
  const listed = (await get(here, nora, '/api/members')).map(({ id }: { id: string }) => id)
  expect(listed).not.toContain(question.author.id)
})

test('a private channel opens to whoever was in it and to who imports it, and to nobody else', async () => {
  expect((await updatesOf(here, benHere)).some(({ title }: { title: string }) => title === 'Not for all')).toBe(true)
  expect((await updatesOf(here, eveHere)).some(({ title }: { title: string }) => title === 'Not for all')).toBe(false)
})

test('the same export again makes nothing twice, brings back what was deleted, and nobody is told of what was said long ago', async () => {
  expect((await incoming.imported(nora, zip)).report).toMatchObject({
    ...{ updates: 0, comments: 0, videos: 0, channels: 0, people: 0 },
    notes: ['3 updates were here already.'],
  })
  const all = await updatesOf(here, nora)
  expect(all).toHaveLength(3)
  const gone = all.find(({ title }: { title: string }) => title === 'Only text')
  await here.db.execute(`delete from updates where id = '${gone.id}'`)
  expect((await incoming.imported(nora, zip)).report).toMatchObject({
    updates: 1,
    comments: 1,
    notes: ['2 updates were here already.'],
  })
  expect((await get(here, benHere, '/api/notifications')).items).toEqual([])
  const audit = (await get(here, nora, '/api/audit-events?limit=100')).items.map(({ action }: { action: string }) => action)
  for (const action of ['import-begun', 'import-requested', 'imported']) expect(audit).toContain(`workspace.${action}`)
  // Its file is of no use any more.
  await forgetTransfers(here.db, here.storage)
  const left: string[] = []
  for await (const key of here.storage.list('transfers/')) left.push(key)
  expect(left).toEqual([])
})

test('where it was made, an export finds all that is there', async () => {
  expect((await outgoing.imported(olga, zip)).report).toMatchObject({
    updates: 0,
    channels: 0,
    notes: ['3 updates were here already.'],
  })
})

test('a channel of the same name stays another one', async () => {
  const paul = await here.given.stranger('Paul')
  await here.as(paul).inject({ method: 'POST', url: '/api/channels', payload: { name: 'plans' } })
  const { report } = await incoming.imported(paul, zip)
  expect(report).toMatchObject({ updates: 3, channels: 2, people: 3 })
  const names = (await get(here, paul, '/api/channels')).items.map(({ name }: { name: string }) => name)
  expect(names.sort()).toEqual(['Plans (imported)', 'Private', 'plans'])
})
