import { schema } from '@meanwhile/shared/db/client'
import { createLog } from '@meanwhile/shared/platform/log'
import { isExported } from '@meanwhile/worker/export/scope'
import { keepPairings } from '@meanwhile/worker/pairing/keep-pairings'
import { buryRemains } from '@meanwhile/worker/schedules/purge'
import { and, eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import { cutRecording } from '../support/cut.ts'
import type { Person } from '../support/given.ts'
import { listenTo } from '../support/stream.ts'

const { app, as, given, db, send, finish, storage } = await startApp()
const { hoursWeeks, pairingPeople, pairings, notifications, stages, updates } = schema
const olga = await given.person('Olga')
const ada = await given.person('Ada')
const ben = await given.person('Ben')
const cem = await given.person('Cem')
const eve = await given.stranger('Eve')
const cut = await cutRecording({ ms: 2000 })
const long = await cutRecording({ ms: 2000, repeat: 36 })
const { id: workspaceId } = (await as(ada).inject({ url: '/api/workspace' })).json()
const day = 86_400_000
const question = 'Which dish could you cook without a recipe?'

/** A pairing whose people were told; it ends in so many days. */
async function paired(people: Person[], days = 9) {
  const endsAt = new Date(Date.now() + days * day)
  const goneAt = new Date(endsAt.getTime() + 30 * day)
  const values = { workspaceId, startsOn: '2026-03-02', question, endsAt, goneAt }
  const [made] = await db.insert(pairings).values(values).returning()
  const id = made!.id
  const now = new Date()
  await db.insert(pairingPeople).values(people.map(({ id: userId }) => ({ pairingId: id, userId, opensAt: now, toldAt: now })))
  return id
}
const ask = (person: Person, method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', url: string, payload?: object) =>
  as(person).inject({ method, url, ...(payload && { payload }) })
const read = async (person: Person, pairingId: string) => (await ask(person, 'GET', `/api/pairings/${pairingId}`)).json()
/** What somebody has recorded so far: all of it is there, and the end is not said. */
async function recorded(person: Person, pairingId: string, what = cut) {
  const begun = await ask(person, 'POST', '/api/updates', { pairingId, video: { tracks: ['main'] } })
  expect(begun.statusCode).toBe(201)
  const { id, videoId } = begun.json()
  for (const number of what.numbers) await send(person, videoId, 'main', number, what)
  return {
    id: id as string,
    videoId: videoId as string,
    end: () => finish(person, videoId, { main: { segments: what.numbers.length - 1 } }),
  }
}
async function answered(person: Person, pairingId: string) {
  const { id, videoId, end } = await recorded(person, pairingId)
  expect((await end()).statusCode).toBe(200)
  return { id, videoId }
}
const say = async (person: Person, pairingId: string): Promise<string> => {
  const said = await ask(person, 'POST', '/api/updates', { pairingId, body: 'A soup' })
  expect(said.statusCode).toBe(201)
  return said.json().id
}
const sees = async (person: Person, id: string) => (await ask(person, 'GET', `/api/updates/${id}`)).statusCode === 200
const kinds = async (person: Person) =>
  (await ask(person, 'GET', '/api/notifications')).json().items.map(({ kind }: { kind: string }) => kind)

test('answers are shown to each other once all have answered, and to nobody else', async () => {
  const id = await paired([ada, ben])
  const hers = await answered(ada, id)
  expect(await Promise.all([ada, ben, cem, olga, eve].map((person) => sees(person, hers.id)))).toEqual([
    true,
    false,
    false,
    false,
    false,
  ])
  expect(await read(ben, id)).toMatchObject({
    question,
    state: 'open',
    answered: false,
    answers: [],
    people: [
      { person: { name: 'Ada' }, answered: true },
      { person: { name: 'Ben' }, answered: false },
    ],
  })
  expect((await read(ada, id)).answers).toMatchObject([{ id: hers.id, title: question, pairingId: id }])
  const stream = await listenTo(app, ada)
  const his = await answered(ben, id)
  await stream.until(({ data }) => data.type === 'update' && data.updateId === his.id)
  stream.close()
  for (const update of [hers, his])
    expect(await Promise.all([ada, ben, cem, olga, eve].map((person) => sees(person, update.id)))).toEqual([
      true,
      true,
      false,
      false,
      false,
    ])
  const shown = await read(ada, id)
  expect(shown).toMatchObject({ state: 'shown', answered: true })
  expect(shown.answers.map((each: { id: string }) => each.id).toSorted()).toEqual([hers.id, his.id].toSorted())
  expect(new Date(shown.goneAt).getTime()).toBeLessThanOrEqual(Date.now() + 30 * day)
  expect(await kinds(ada)).toContain('pairing-shown')
  for (const person of [cem, olga, eve]) expect((await ask(person, 'GET', `/api/pairings/${id}`)).statusCode).toBe(404)
  // They are nowhere else, not even for the two.
  for (const url of ['/api/updates', '/api/reel', `/api/reel?updates=${hers.id}`])
    expect((await ask(ben, 'GET', url)).body).not.toContain(hers.id)
  const exported = db
    .select()
    .from(updates)
    .where(and(eq(updates.pairingId, id), isExported({ workspaceId, userId: ben.id })))
  expect(await exported).toEqual([])
  expect((await ask(ada, 'POST', '/api/updates', { pairingId: id, body: 'Again' })).json().type).toBe(
    '/problems/pairing-answered',
  )
})

test('of those who answer in the same moment each sees the other, and is told once', async () => {
  for (let turn = 0; turn < 6; turn++) {
    const id = await paired([ada, ben, cem])
    await say(cem, id)
    const takes = await Promise.all([ada, ben].map((person) => recorded(person, id)))
    const ended = await Promise.all(takes.map(({ end }) => end()))
    expect(ended.map(({ statusCode }) => statusCode)).toEqual([200, 200])
    expect((await read(ada, id)).answers).toHaveLength(3)
    const told = await db.select().from(notifications).where(eq(notifications.pairingId, id))
    expect(told.map(({ userId }) => userId).toSorted()).toEqual([ada.id, ben.id, cem.id].toSorted())
  }
})

test('whoever withdraws, ends their answer or opts out in the moment in which others answer keeps nobody waiting', async () => {
  for (let turn = 0; turn < 6; turn++) {
    const id = await paired([ada, ben, cem])
    await say(ben, id)
    const take = await recorded(ada, id)
    const leave =
      turn % 2 ? ask(cem, 'DELETE', `/api/pairings/${id}/me`) : ask(cem, 'PATCH', '/api/me/preferences', { pairing: false })
    const [left, ended, kept] = await Promise.all([leave, take.end(), keepPairings(db, new Date())])
    expect(left.statusCode).toBeLessThan(300)
    expect(ended.statusCode).toBe(200)
    expect(kept.erased).toBe(0)
    expect(await read(ada, id)).toMatchObject({
      state: 'shown',
      people: [{ person: { name: 'Ada' } }, { person: { name: 'Ben' } }],
    })
    expect((await ask(cem, 'GET', `/api/pairings/${id}`)).statusCode).toBe(404)
    await ask(cem, 'PATCH', '/api/me/preferences', { pairing: true })
  }
})

test('of a recording a minute is shown, and its author may choose which', async () => {
  const id = await paired([ada, ben])
  const { videoId, end } = await recorded(ada, id, long)
  expect((await end()).statusCode).toBe(200)
  const { durationMs, cuts } = (await ask(ada, 'GET', `/api/videos/${videoId}`)).json()
  expect(durationMs).toBe(60_000)
  expect(cuts).toEqual([[60_000, expect.any(Number)]])
  const [[, wholeMs]] = cuts
  const edit = (draft: [number, number][]) => ask(ada, 'PATCH', `/api/videos/${videoId}`, { cuts: draft })
  expect((await edit([])).json()).toMatchObject({ type: '/problems/invalid-request', errors: [{ field: 'cuts' }] })
  expect((await edit([[0, wholeMs - 60_000]])).statusCode).toBe(200)
  // It replaces no meeting.
  expect(await db.$count(hoursWeeks)).toBe(0)
})

test('who withdraws is waited for no more, sees nothing, and is not told what the others say', async () => {
  const id = await paired([ada, ben])
  const hers = await say(ada, id)
  const stream = await listenTo(app, ada)
  expect((await ask(ben, 'DELETE', `/api/pairings/${id}/me`)).statusCode).toBe(204)
  await stream.until(({ type }) => type === 'notification')
  stream.close()
  expect(await read(ada, id)).toMatchObject({ state: 'over', people: [{ person: { name: 'Ada' } }] })
  expect(await sees(ben, hers)).toBe(false)
  expect((await ask(ben, 'DELETE', `/api/pairings/${id}/me`)).statusCode).toBe(404)
  expect((await ask(ben, 'POST', '/api/updates', { pairingId: id, body: 'Late' })).statusCode).toBe(404)
  expect((await ask(ada, 'DELETE', `/api/pairings/${id}/me`)).json().type).toBe('/problems/pairing-over')
})

test('an answer that is taken back before all have answered is waited for again; who takes it back later sees the others no more', async () => {
  const id = await paired([ada, ben])
  const first = await say(ada, id)
  expect((await ask(ada, 'DELETE', `/api/updates/${first}`)).statusCode).toBeLessThan(300)
  expect(await read(ada, id)).toMatchObject({ answered: false, state: 'open' })
  const hers = await say(ada, id)
  const his = await say(ben, id)
  expect(await sees(ada, his)).toBe(true)
  await ask(ada, 'DELETE', `/api/updates/${hers}`)
  expect(await sees(ada, his)).toBe(false)
  expect(await sees(ben, hers)).toBe(false)
})

test('who opts out is left out of what waits for them, and is not paired again', async () => {
  const id = await paired([ada, ben])
  expect((await ask(ben, 'PATCH', '/api/me/preferences', { pairing: false })).json()).toMatchObject({ pairing: false })
  expect((await read(ada, id)).state).toBe('over')
  expect((await ask(ben, 'GET', '/api/pairings')).body).not.toContain(id)
  await ask(ben, 'PATCH', '/api/me/preferences', { pairing: true })
  expect((await ask(ben, 'GET', '/api/pairings')).body).not.toContain(id)
})

test('owner and admins decide whether a workspace pairs people; at first it does not', async () => {
  expect((await ask(ben, 'GET', '/api/workspace')).json().pairing).toBe(false)
  expect((await ask(ben, 'PATCH', '/api/workspace', { pairing: true })).statusCode).toBe(403)
  expect((await ask(olga, 'PATCH', '/api/workspace', { pairing: true })).json().pairing).toBe(true)
  expect((await ask(olga, 'PATCH', '/api/workspace', { pairing: false })).json().pairing).toBe(false)
})

test('nothing leads out of a pairing, and nothing that is said is written down', async () => {
  const id = await paired([ada, ben])
  const { id: updateId, videoId } = await answered(ada, id)
  const channel = (await ask(ada, 'POST', '/api/channels', { name: 'Team' })).json()
  const url = (await ask(ada, 'GET', `/api/updates/${updateId}`)).json().url
  const refused = [
    ask(ada, 'POST', `/api/updates/${updateId}/share-links`, {}),
    ask(ada, 'PATCH', `/api/updates/${updateId}`, { channelId: channel.id }),
    ask(ada, 'PUT', `/api/updates/${updateId}/kept`),
    ask(ada, 'POST', `/api/videos/${videoId}/stages/transcript/retry`),
    ask(ada, 'GET', `/api/oembed?url=${encodeURIComponent(url)}`),
    ask(ada, 'POST', `/api/updates/${updateId}/comments`, { text: 'We do it', type: 'decision' }),
    as(ada).inject({
      method: 'PUT',
      url: `/api/videos/${videoId}/captions/en`,
      headers: { 'content-type': 'text/vtt' },
      payload: 'WEBVTT\n\n00:01.000 --> 00:02.000\nHi',
    }),
  ]
  for (const answer of await Promise.all(refused))
    expect(answer.json(), answer.body).toMatchObject({ type: '/problems/update-apart', status: 409 })
  expect((await ask(ada, 'POST', '/api/reels', { title: 'Reel', channelId: null, updateIds: [updateId] })).statusCode).toBe(404)
  const waiting = await db.select({ name: stages.name }).from(stages).where(eq(stages.videoId, videoId))
  expect(waiting.map(({ name }) => name)).not.toContain('transcript')
  // Whoever asks to be let in is not even noticed.
  await ask(cem, 'POST', `/api/updates/${updateId}/access`)
  expect(await db.execute(sql`select 1 from update_asks where update_id = ${updateId}`)).toHaveLength(0)
})

test.each([
  [{ channelId: crypto.randomUUID() }, 'channelId'],
  [{ roundId: crypto.randomUUID() }, 'roundId'],
  [{ live: true, body: '', video: { tracks: ['main'] } }, 'live'],
])('an answer with %j is refused', async (more, field) => {
  const id = await paired([ada, ben])
  const answer = await ask(ada, 'POST', '/api/updates', { pairingId: id, body: 'Soup', ...more })
  expect(answer.json()).toMatchObject({ status: 400, errors: [{ field }] })
})

test('when the fortnight is over two of three are shown to each other, and who did not answer sees neither', async () => {
  const id = await paired([ada, ben, cem])
  const both = await Promise.all([say(ada, id), say(ben, id)])
  const late = new Date(Date.now() + 10 * day)
  await keepPairings(db, late)
  expect(await read(ada, id)).toMatchObject({ state: 'shown' })
  expect(await Promise.all([ada, ben, cem].flatMap((person) => both.map((each) => sees(person, each))))).toEqual([
    true,
    true,
    true,
    true,
    false,
    false,
  ])
  expect((await ask(cem, 'POST', '/api/updates', { pairingId: id, body: 'Late' })).json().type).toBe('/problems/pairing-over')
})

test('thirty days later answers, their files and what was said of them are gone, for good', async () => {
  const id = await paired([ada, ben])
  const hers = await answered(ada, id)
  const draft = await recorded(ben, id)
  await draft.end()
  await ask(ben, 'POST', `/api/updates/${hers.id}/comments`, { text: 'Nice' })
  const filesOf = async (videoId: string) => {
    const found: string[] = []
    for await (const key of storage.list(`videos/${videoId}/`)) found.push(key)
    return found
  }
  expect((await filesOf(hers.videoId)).length).toBeGreaterThan(0)
  await keepPairings(db, new Date(Date.now() + 29.9 * day))
  expect(await sees(ben, hers.id)).toBe(true)
  const after = new Date(Date.now() + 30.1 * day)
  const [one, other] = await Promise.all([keepPairings(db, after), keepPairings(db, after)])
  expect(one.erased + other.erased).toBeGreaterThan(0)
  expect(await sees(ada, hers.id)).toBe(false)
  expect((await ask(ada, 'GET', `/api/pairings/${id}`)).statusCode).toBe(404)
  expect(await db.$count(updates, eq(updates.pairingId, id))).toBe(0)
  expect(await db.$count(notifications, eq(notifications.pairingId, id))).toBe(0)
  await buryRemains({ db, storage, log: createLog('silent', 'test') })
  expect(await filesOf(hers.videoId)).toEqual([])
  // That they were paired is remembered, so that they do not meet again soon.
  expect(await db.$count(pairingPeople, eq(pairingPeople.pairingId, id))).toBe(2)
})

test('who leaves the workspace, or is erased, is waited for no more', async () => {
  const [zoe, yan] = [await given.person('Zoe'), await given.person('Yan')]
  const left = await paired([ada, ben, zoe])
  const erased = await paired([ada, ben, yan])
  for (const id of [left, erased]) await Promise.all([say(ada, id), say(ben, id)])
  expect((await ask(olga, 'DELETE', `/api/members/${zoe.id}`)).statusCode).toBeLessThan(300)
  await db.execute(sql`delete from users where id = ${yan.id}`)
  await keepPairings(db, new Date())
  expect((await read(ada, left)).state).toBe('shown')
  expect((await read(ben, left)).people.map(({ person }: { person: { name: string } }) => person.name)).toEqual(['Ada', 'Ben'])
  // Of three, one of whom is gone from the table, nobody is missing any more.
  expect((await read(ada, erased)).state).toBe('shown')
})
