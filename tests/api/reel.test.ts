import { schema } from '@meanwhile/shared/db/client'
import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import { cutRecording } from '../support/cut.ts'

const { app, as, given } = await startApp()
const owner = await given.person('Olga')
const [ada, ben, cleo] = [await given.person('Ada'), await given.person('Ben'), await given.person('Cleo')]
const stranger = await given.stranger('Mallory')
type Someone = typeof ada

const cut = await cutRecording({ ms: 6000 })
const ask = (person: Someone, method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', url: string, payload?: object) =>
  as(person).inject({ method, url, ...(payload && { payload }) })
const reel = async (person: Someone, query = 'from=unseen') => (await ask(person, 'GET', `/api/reel?${query}`)).json()
type Item = { id: string; title: string; mentionsMe: boolean; blocker: boolean }
const titles = async (person: Someone, query?: string) => ((await reel(person, query)).items as Item[]).map(({ title }) => title)
const view = (person: Someone, id: string, ranges: number[][]) => ask(person, 'PUT', `/api/updates/${id}/view`, { ranges })
const comment = (person: Someone, id: string, payload: object) =>
  ask(person, 'POST', `/api/updates/${id}/comments`, { text: 'Hi', ...payload })
async function channel(creator: Someone, isPrivate = false) {
  const made = await ask(creator, 'POST', '/api/channels', { name: `Channel ${crypto.randomUUID()}`, isPrivate })
  return made.json().id as string
}

const first = await given.recording(ada, cut, 'First')
const second = await given.recording(ben, cut, 'Second')
const third = await given.update(ada, { title: 'Third', body: 'word '.repeat(100) })

test('what somebody has not seen is played oldest first, with its length as it is watched, without own updates', async () => {
  const { items, totals, left } = await reel(cleo)
  expect(items.map(({ title }: Item) => title)).toEqual(['First', 'Second', 'Third'])
  expect(items[0]).toMatchObject({
    author: { name: 'Ada' },
    durationMs: 6000,
    playMs: 6000,
    silentMs: 0,
    caughtUp: false,
    seen: [],
  })
  expect(items[0].videoId).toBe(first.videoId)
  expect(items[2]).toMatchObject({ videoId: null, poster: null, playMs: 30_300 })
  expect({ totals, left }).toEqual({ totals: { people: 2, durationMs: 42_300, listenMs: 42_300 }, left: 0 })
  expect(await titles(ada)).toEqual(['Second'])
  expect((await reel(ada, `from=updates&updates=${first.id}`)).items).toMatchObject([{ title: 'First', caughtUp: true }])
  expect(await titles(ada, `from=updates&updates=${first.id}&unseen=true`)).toEqual([])
})

test('it is said how long it takes at the speed of who asks, without silences where they leave them out', async () => {
  const silences = [[1000, 3000]]
  await app.db.execute(
    `update videos set sound = '${JSON.stringify({ silences, loudness: null })}' where id = '${first.videoId}'`,
  )
  await ask(cleo, 'PATCH', '/api/me', { rate: 2 })
  await ask(cleo, 'PUT', '/api/me/preferences', { playback: { skipSilences: true } })
  const { items, totals, playback } = await reel(cleo, `from=updates&updates=${first.id},${second.id}`)
  expect(items.map(({ silentMs }: { silentMs: number }) => silentMs)).toEqual([2000, 0])
  expect(playback.rate).toBe(2)
  expect(totals).toEqual({ people: 2, durationMs: 12_000, listenMs: playback.skipSilences ? 5000 : 6000 })
  await ask(cleo, 'PATCH', '/api/me', { rate: 1 })
})

test('what names somebody, or asks something of them, comes first', async () => {
  await comment(ada, second.id, { text: 'What do you say?', type: 'question', ownerId: cleo.id })
  expect(await titles(cleo)).toEqual(['Second', 'First', 'Third'])
  expect((await reel(cleo)).items.map(({ mentionsMe }: Item) => mentionsMe)).toEqual([true, false, false])
})

test('what was seen is not played again, and what was begun is played on', async () => {
  await view(cleo, first.id, [[0, 6000]])
  await view(cleo, second.id, [[0, 2000]])
  await view(cleo, third.id, [])
  const { items } = await reel(cleo)
  expect(items).toMatchObject([{ title: 'Second', durationMs: 6000, playMs: 4000, seen: [[0, 2000]] }])
  expect(await titles(cleo, `from=updates&updates=${second.id},${first.id}`)).toEqual(['Second', 'First'])
  expect(await titles(cleo, `from=updates&updates=${second.id},${first.id}&unseen=true`)).toEqual(['Second'])
})

test('who leaves out the silences has caught up when all that is said was heard', async () => {
  const { id, videoId } = await given.recording(ben, cut, 'Mostly silent')
  const silences = [[1000, 5000]]
  await app.db.execute(`update videos set sound = '${JSON.stringify({ silences, loudness: null })}' where id = '${videoId}'`)
  expect(await titles(ada)).toContain('Mostly silent')
  await view(ada, id, [
    [0, 1000],
    [5000, 6000],
  ])
  expect(await titles(ada)).not.toContain('Mostly silent')
})

test('of a channel it is what is in it; of a private one, of the trash and of a draft nobody else gets anything', async () => {
  const open = await channel(ada)
  const secret = await channel(ada, true)
  await given.update(ada, { title: 'In the open', channelId: open })
  const hidden = await given.update(ada, { title: 'In private', channelId: secret })
  const gone = await given.update(ada, { title: 'Gone', channelId: open })
  await ask(ada, 'DELETE', `/api/updates/${gone.id}`)
  await given.update(ada, { title: 'Draft', video: { tracks: ['main'] } })
  expect(await titles(ben, `from=channel&channel=${open}`)).toEqual(['In the open'])
  expect((await ask(ben, 'GET', `/api/reel?from=channel&channel=${secret}`)).statusCode).toBe(404)
  const everything = await titles(ben)
  for (const title of ['In private', 'Gone', 'Draft']) expect(everything).not.toContain(title)
  expect(await titles(ben, `from=updates&updates=${hidden.id},${gone.id}`)).toEqual([])
  expect(await titles(stranger)).toEqual([])
  expect(await titles(ada, `from=channel&channel=${open}&unseen=false`)).toEqual(['In the open'])
})

test.each([
  '',
  'from=else',
  'from=channel',
  'from=list',
  'from=round',
  'from=updates',
  'from=updates&updates=x',
  'from=channel&channel=x',
])('a reel from “%s” is refused as a request that is not valid', async (query) => {
  const refused = await ask(ada, 'GET', `/api/reel?${query}`)
  expect(refused.statusCode).toBe(400)
  expect(refused.json().type).toBe('/problems/invalid-request')
})

test('of more than a hundred the oldest are played, and how many are left is said', async () => {
  const place = await channel(ada)
  const [workspace] = await app.db.select().from(schema.workspaces)
  const at = (number: number) => new Date(Date.now() - 3_600_000 + number * 1000)
  await app.db.insert(schema.updates).values(
    Array.from({ length: 130 }, (_, number) => ({
      workspaceId: `${workspace?.id}`,
      authorId: ada.id,
      channelId: place,
      title: `Number ${number}`,
      publishedAt: at(number),
      createdAt: at(number),
    })),
  )
  const { items, left } = await reel(ben, `from=channel&channel=${place}`)
  expect([items.length, items[0].title, items[99].title, left]).toEqual([100, 'Number 0', 'Number 99', 30])
})

test('a round goes by person, the blocked first; who played it to its end has caught up, which is told in numbers', async () => {
  const place = await channel(ada)
  const [workspace] = await app.db.select().from(schema.workspaces)
  const questions = [
    { id: 'done', kind: 'open' as const, text: 'What is done?' },
    { id: 'next', kind: 'open' as const, text: 'What comes next?' },
  ]
  const now = new Date()
  const [checkIn] = await app.db
    .insert(schema.checkIns)
    .values({
      workspaceId: `${workspace?.id}`,
      channelId: place,
      name: 'Stand-up',
      questions,
      startsOn: '2026-03-23',
      timeZone: 'UTC',
      activeFrom: now,
    })
    .returning()
  const [round] = await app.db
    .insert(schema.rounds)
    .values({ checkInId: `${checkIn?.id}`, date: '2026-03-23', questions, opensAt: now, dueAt: now, openedAt: now })
    .returning()
  const roundId = `${round?.id}`
  const people = [ada, ben, cleo, owner].map(({ id }) => ({
    roundId,
    userId: id,
    role: 'participant' as const,
    opensAt: now,
    dueAt: now,
  }))
  await app.db.insert(schema.roundPeople).values(people)
  const answer = async (person: Someone, title: string, question: string | null) => {
    const { id } = await given.update(person, { title, body: 'Text', channelId: place })
    await app.db.insert(schema.answers).values({ updateId: id, roundId, userId: person.id, question })
  }
  await answer(cleo, 'Cleo', null)
  await answer(ben, 'Ben next', 'next')
  await answer(ben, 'Ben done', 'done')
  await answer(ada, 'Ada', null)
  await app.db.execute(`update round_people set is_blocked = true where user_id = '${cleo.id}' and round_id = '${roundId}'`)

  const played = await reel(owner, `from=round&round=${roundId}`)
  expect(played.title).toBe('Stand-up')
  expect(played.items.map(({ title }: Item) => title)).toEqual(['Cleo', 'Ada', 'Ben done', 'Ben next'])
  expect(played.items.map(({ blocker }: Item) => blocker)).toEqual([true, false, false, false])
  expect(played.items[2].question).toBe('What is done?')
  expect((await reel(owner, `from=channel&channel=${place}`)).items[0]).toMatchObject({ title: 'Cleo', blocker: true })

  const done = await ask(owner, 'PUT', `/api/rounds/${roundId}/caught-up`)
  expect(done.json()).toEqual({ total: 4, caughtUp: 1 })
  await ask(owner, 'PUT', `/api/rounds/${roundId}/caught-up`)
  expect((await ask(ada, 'PUT', `/api/rounds/${roundId}/caught-up`)).json()).toEqual({ total: 4, caughtUp: 2 })
  expect((await ask(stranger, 'PUT', `/api/rounds/${roundId}/caught-up`)).statusCode).toBe(404)
  expect((await ask(stranger, 'GET', `/api/reel?from=round&round=${roundId}`)).statusCode).toBe(404)
})

test('somebody puts a reel together, in their order, and everybody sees in it what they may see', async () => {
  const secret = await channel(ada, true)
  const hidden = await given.update(ada, { title: 'Hidden', channelId: secret })
  const made = await ask(ada, 'POST', '/api/reels', { title: ' How we ship ', updateIds: [third.id, first.id] })
  expect(made.statusCode).toBe(201)
  expect(made.json()).toMatchObject({ title: 'How we ship', author: { name: 'Ada' }, channel: null, count: 2, canChange: true })
  const url = `/api/reels/${made.json().id}`
  expect((await ask(ada, 'PUT', `${url}/items/${hidden.id}`)).json().count).toBe(3)
  expect((await ask(ada, 'PUT', `${url}/items/${hidden.id}`)).json().count).toBe(3)
  const query = `from=list&list=${made.json().id}`
  expect(await titles(ada, query)).toEqual(['Third', 'First', 'Hidden'])
  expect(await titles(ben, query)).toEqual(['Third', 'First'])
  expect((await ask(ben, 'GET', '/api/reels')).json().items).toMatchObject([{ title: 'How we ship', count: 2, canChange: false }])

  await ask(ada, 'PATCH', url, { title: 'Shipping', updateIds: [first.id, hidden.id] })
  expect(await titles(ada, query)).toEqual(['First', 'Hidden', 'Third'])
  expect((await reel(ben, query)).title).toBe('Shipping')
  expect((await ask(ada, 'DELETE', `${url}/items/${first.id}`)).json().count).toBe(2)
  for (const [method, path] of [
    ['PATCH', url],
    ['DELETE', url],
    ['PUT', `${url}/items/${first.id}`],
  ] as const)
    expect((await ask(ben, method, path, method === 'PATCH' ? { title: 'Mine' } : undefined)).statusCode).toBe(403)
  expect((await ask(owner, 'DELETE', url)).statusCode).toBe(204)
  expect((await ask(ada, 'GET', `/api/reel?${query}`)).statusCode).toBe(404)
})

test('nothing is put into a reel that its maker does not see, and a reel in a private channel is its own', async () => {
  const secret = await channel(ada, true)
  const hidden = await given.update(ada, { title: 'Hidden', channelId: secret })
  expect((await ask(ben, 'POST', '/api/reels', { title: 'Mine', updateIds: [hidden.id] })).statusCode).toBe(404)
  expect((await ask(ben, 'POST', '/api/reels', { title: 'Mine', channelId: secret })).statusCode).toBe(404)
  const mine = (await ask(ben, 'POST', '/api/reels', { title: 'Mine' })).json().id
  expect((await ask(ben, 'PUT', `/api/reels/${mine}/items/${hidden.id}`)).statusCode).toBe(404)
  const inside = (await ask(ada, 'POST', '/api/reels', { title: 'Inside', channelId: secret, updateIds: [hidden.id] })).json().id
  for (const person of [ben, owner, stranger]) {
    expect((await ask(person, 'GET', `/api/reel?from=list&list=${inside}`)).statusCode).toBe(404)
    expect((await ask(person, 'GET', '/api/reels')).body).not.toContain('Inside')
  }
})
