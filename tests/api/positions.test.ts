import { schema } from '@meanwhile/shared/db/client'
import { and, eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import { cutRecording } from '../support/cut.ts'
import type { Person } from '../support/given.ts'
import { interviewsOn, questions } from '../support/interview.ts'

const { app, given, db, send, finish } = await startApp()
const { ask, done, position, invited, candidate } = interviewsOn(app)
const { auditEvents, members } = schema
const olga = await given.person('Olga')
const ada = await given.person('Ada')
const ben = await given.person('Ben')
const cem = await given.person('Cem')
const eve = await given.stranger('Eve')
const cut = await cutRecording({ ms: 2000 })

const code = (answer: { json(): { type: string } }) => answer.json().type.replace('/problems/', '')
const statuses = async (people: Person[], url: string) =>
  Promise.all(people.map(async (person) => (await ask(person, 'GET', url)).statusCode))
const give = (by: Person, positionId: string, person: Person, role: string) =>
  ask(by, 'PUT', `/api/positions/${positionId}/people/${person.id}`, { role })
const interview = async (person: Person, positionId: string) =>
  (await ask(person, 'GET', `/api/positions/${positionId}/interview`)).json()
const save = (person: Person, positionId: string, revision: number, content: object) =>
  ask(person, 'PUT', `/api/positions/${positionId}/interview`, { revision, content })

/** A video that somebody recorded to ask with. */
async function questionVideo(author: Person, positionId: string): Promise<string> {
  const { id, videoId } = await done(author, 'POST', '/api/updates', { positionId, video: { tracks: ['main'] } })
  for (const number of cut.numbers) await send(author, videoId, 'main', number, cut)
  expect((await finish(author, videoId, { main: { segments: cut.numbers.length - 1 } })).statusCode).toBe(200)
  return id
}

test('who makes a position owns it, and nobody without a role in it learns that it exists', async () => {
  const id = await position(ada)
  expect((await ask(ada, 'GET', '/api/positions')).json().items).toMatchObject([
    {
      id,
      title: 'Backend engineer',
      role: 'owner',
      closedAt: null,
      people: [{ person: { name: 'Ada' }, role: 'owner' }],
      counts: { invited: 0, started: 0, submitted: 0, withdrawn: 0 },
    },
  ])
  for (const path of ['', '/interview', '/invitations'])
    expect(await statuses([ben, olga, eve], `/api/positions/${id}${path}`)).toEqual([404, 404, 404])
  expect((await ask(olga, 'GET', '/api/positions')).json().items).toEqual([])
  expect((await ask(null, 'GET', `/api/positions/${id}`)).statusCode).toBe(401)
})

test('reviewers and observers see it and change nothing; roles are given, changed and taken', async () => {
  const id = await position(ada)
  expect((await give(ada, id, ben, 'reviewer')).json().people).toMatchObject([{ role: 'owner' }, { role: 'reviewer' }])
  await give(ada, id, cem, 'observer')
  for (const person of [ben, cem]) {
    expect((await ask(person, 'GET', `/api/positions/${id}/interview`)).statusCode).toBe(200)
    const refused = [
      await ask(person, 'PATCH', `/api/positions/${id}`, { title: 'Mine' }),
      await save(person, id, 2, { questions: [] }),
      await ask(person, 'POST', `/api/positions/${id}/invitations`, { candidates: [{ name: 'Kim' }] }),
      await give(person, id, person, 'owner'),
      await ask(person, 'POST', '/api/interview-templates', { name: 'Ours', positionId: id }),
      await ask(person, 'POST', '/api/updates', { positionId: id, video: { tracks: ['main'] } }),
    ]
    expect(refused.map(code)).toEqual(Array(6).fill('forbidden'))
  }
  expect(code(await give(ada, id, eve, 'reviewer'))).toBe('person-not-found')
  expect(code(await ask(ben, 'DELETE', `/api/positions/${id}/people/${cem.id}`))).toBe('forbidden')
  expect((await ask(ben, 'DELETE', `/api/positions/${id}/people/${ben.id}`)).statusCode).toBe(204)
  expect(await statuses([ben, cem], `/api/positions/${id}`)).toEqual([404, 200])
})

test('a position keeps an owner, whatever two of them do at once', async () => {
  const id = await position(ada)
  expect(code(await ask(ada, 'DELETE', `/api/positions/${id}/people/${ada.id}`))).toBe('last-position-owner')
  await give(ada, id, ben, 'owner')
  const both = await Promise.all([
    ask(ada, 'DELETE', `/api/positions/${id}/people/${ada.id}`),
    ask(ben, 'DELETE', `/api/positions/${id}/people/${ben.id}`),
  ])
  expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([204, 409])
})

test('what all owners left goes to the owner of the workspace, who sees it then and not before', async () => {
  const zoe = await given.person('Zoe')
  const id = await position(zoe)
  const [kim] = await invited(zoe, id)
  await done(zoe, 'PATCH', `/api/positions/${id}`, { promiseDays: 3 })
  await candidate(kim!).consent()
  await candidate(kim!).write('how', 'Calmly')
  await candidate(kim!).say('POST', '/submit')
  expect((await ask(olga, 'GET', `/api/positions/${id}`)).statusCode).toBe(404)
  expect((await ask(olga, 'GET', '/api/me/candidates')).json().items).toEqual([])
  await db.delete(members).where(eq(members.userId, zoe.id))
  expect((await ask(olga, 'GET', '/api/me/candidates')).json().items).toMatchObject([{ positionId: id, count: 1 }])
  expect((await ask(olga, 'GET', `/api/positions/${id}`)).json()).toMatchObject({ role: 'owner', people: [] })
  expect((await give(olga, id, olga, 'owner')).json().people).toMatchObject([{ person: { name: 'Olga' }, role: 'owner' }])
})

test('a change says which revision it began with: what somebody else did meanwhile is not lost', async () => {
  const id = await position(ada, { questions: [] })
  expect(await interview(ada, id)).toMatchObject({ version: 1, revision: 2, frozenAt: null })
  const saved = await save(ada, id, 2, { questions, intro: { text: 'Hello' } })
  expect(saved.json()).toMatchObject({
    version: 1,
    revision: 3,
    content: {
      intro: { text: 'Hello', videoUpdateId: null },
      questions: [
        { id: 'why', answerLimitMs: 300_000, retakes: 1, thinkTimeMs: null },
        { id: 'how', retakes: null, rubric: [] },
      ],
    },
  })
  expect(code(await save(ada, id, 2, { questions: [] }))).toBe('interview-changed')
  expect((await interview(ada, id)).content.questions).toHaveLength(2)
})

test.each([
  ['eleven questions', { questions: Array.from({ length: 11 }, (_, i) => ({ id: `q${i}`, text: 'Why?' })) }],
  ['two questions with one id', { questions: [questions[0], questions[0]] }],
  ['a question that asks nothing', { questions: [{ id: 'a' }] }],
  ['no way to answer', { questions: [{ id: 'a', text: 'Why?', ways: [] }] }],
  ['an unknown way', { questions: [{ id: 'a', text: 'Why?', ways: ['fax'] }] }],
  ['a limit of no time', { questions: [{ id: 'a', text: 'Why?', answerLimitMs: 0 }] }],
  ['a video that does not exist', { questions: [{ id: 'a', videoUpdateId: crypto.randomUUID() }] }],
])('%s is refused with what is wrong', async (_what, content) => {
  const id = await position(ada, { questions: [] })
  const refused = await save(ada, id, 2, content)
  expect(refused.statusCode, refused.body).toBe(400)
  expect(refused.json().errors.length).toBeGreaterThan(0)
})

test('what somebody was invited to stays; a change becomes the next version', async () => {
  const id = await position(ada)
  await invited(ada, id)
  expect(await interview(ada, id)).toMatchObject({ version: 1, revision: 2, frozenAt: expect.any(String) })
  const next = await save(ada, id, 2, { questions: [questions[1]] })
  expect(next.json()).toMatchObject({ version: 2, revision: 3, frozenAt: null })
  expect((await save(ada, id, 3, { questions })).json()).toMatchObject({ version: 2, revision: 4 })
})

test('a question by video is seen by the people of its position alone, and appears nowhere else', async () => {
  const id = await position(ada)
  const videoUpdateId = await questionVideo(ada, id)
  await give(ada, id, ben, 'observer')
  expect(await statuses([ada, ben, olga, eve], `/api/updates/${videoUpdateId}`)).toEqual([200, 404, 404, 404])
  const saved = await save(ada, id, 2, { questions: [{ id: 'seen', videoUpdateId }] })
  expect(saved.json().videos, saved.body).toMatchObject([{ updateId: videoUpdateId, durationMs: expect.any(Number) }])
  expect(await statuses([ada, ben, cem, olga, eve], `/api/updates/${videoUpdateId}`)).toEqual([200, 200, 404, 404, 404])
  for (const person of [ada, ben]) expect((await ask(person, 'GET', '/api/updates')).body).not.toContain(videoUpdateId)
  const shared = await ask(ada, 'POST', `/api/updates/${videoUpdateId}/share-links`, {})
  expect(code(shared)).toBe('update-apart')
})

test('nobody gets at the video of another position by naming it', async () => {
  const theirs = await position(ada)
  const videoUpdateId = await questionVideo(ada, theirs)
  await save(ada, theirs, 2, { questions: [{ id: 'seen', videoUpdateId }] })
  const mine = await position(cem)
  const refused = await save(cem, mine, 2, { questions: [{ id: 'seen', videoUpdateId }] })
  expect(refused.json()).toMatchObject({ type: '/problems/invalid-request', errors: [{ field: 'content.videoUpdateId' }] })
})

test('a template and a copy begin another interview, with the videos of the first', async () => {
  const id = await position(ada)
  const videoUpdateId = await questionVideo(ada, id)
  await save(ada, id, 2, { questions: [{ id: 'seen', videoUpdateId, ways: ['text'] }] })
  await done(ada, 'PATCH', `/api/positions/${id}`, { promiseDays: 5, deleteAfterDays: 60 })
  await give(ada, id, ben, 'reviewer')
  const template = await done(ada, 'POST', '/api/interview-templates', { name: 'By video', positionId: id })
  expect(template).toMatchObject({ name: 'By video', questions: 1, canDelete: true })

  const begun = await done(cem, 'POST', '/api/positions', { title: 'Designer', templateId: template.id })
  expect((await interview(cem, begun.id)).content.questions).toMatchObject([{ id: 'seen', videoUpdateId, ways: ['text'] }])
  expect((await ask(cem, 'GET', `/api/updates/${videoUpdateId}`)).statusCode).toBe(200)
  expect((await save(cem, begun.id, 1, { questions: [{ id: 'again', videoUpdateId }] })).statusCode).toBe(200)

  const copy = await done(ada, 'POST', '/api/positions', { title: 'Once more', copyOf: id })
  expect(copy).toMatchObject({ promiseDays: 5, deleteAfterDays: 60 })
  expect(copy.people.map(({ role }: { role: string }) => role)).toEqual(['owner', 'reviewer'])
  expect(code(await ask(cem, 'POST', '/api/positions', { title: 'Mine', copyOf: id }))).toBe('not-found')

  expect(code(await ask(cem, 'DELETE', `/api/interview-templates/${template.id}`))).toBe('forbidden')
  expect((await ask(eve, 'DELETE', `/api/interview-templates/${template.id}`)).statusCode).toBe(404)
  expect((await ask(ada, 'DELETE', `/api/interview-templates/${template.id}`)).statusCode).toBe(204)
  expect((await ask(ada, 'GET', '/api/interview-templates')).json().items).toEqual([])
})

test('a closed position invites nobody and asks nothing else; opened again it does', async () => {
  const id = await position(ada)
  const closed = await done(ada, 'PATCH', `/api/positions/${id}`, { isClosed: true })
  expect(closed.closedAt).not.toBeNull()
  expect((await done(ada, 'PATCH', `/api/positions/${id}`, { isClosed: true })).closedAt).toBe(closed.closedAt)
  const refused = [
    await ask(ada, 'POST', `/api/positions/${id}/invitations`, { candidates: [{ name: 'Kim' }] }),
    await save(ada, id, 2, { questions }),
  ]
  expect(refused.map(code)).toEqual(['position-closed', 'position-closed'])
  expect((await done(ada, 'PATCH', `/api/positions/${id}`, { isClosed: false })).closedAt).toBeNull()
  expect(await invited(ada, id)).toHaveLength(1)
})

test('the log says who did what to a position', async () => {
  const id = await position(ada)
  await give(ada, id, ben, 'reviewer')
  await done(ada, 'PATCH', `/api/positions/${id}`, { isClosed: true })
  const rows = await db
    .select({ action: auditEvents.action })
    .from(auditEvents)
    .where(and(eq(auditEvents.targetId, id), eq(auditEvents.targetType, 'position')))
  expect(rows.map(({ action }) => action).sort()).toEqual(['position.closed', 'position.created', 'position.role-changed'])
})

test('people of a position preview what a candidate sees, without the rubric; nobody is invited by it', async () => {
  const id = (await done(ada, 'POST', '/api/positions', { title: 'Preview' })).id
  const rubric = [{ id: 'clear', text: 'Is clear' }]
  await save(ada, id, 1, { questions: [{ id: 'why', text: 'Why?', rubric }] })
  const told = await ask(ada, 'GET', `/api/positions/${id}/preview`)
  expect(told.json()).toMatchObject({
    position: 'Preview',
    name: 'Ada',
    takes: [],
    questionCount: 1,
    content: { questions: [{ id: 'why', text: 'Why?', rubric: [] }] },
  })
  expect(told.body).not.toContain('Is clear')
  expect((await ask(ada, 'GET', `/api/positions/${id}/invitations`)).json().items).toEqual([])
  expect(await interview(ada, id)).toMatchObject({ frozenAt: null })
  expect((await ask(ben, 'GET', `/api/positions/${id}/preview`)).statusCode).toBe(404)
})
