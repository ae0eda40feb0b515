import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import { cutRecording } from '../support/cut.ts'

const { as, given } = await startApp()
const ada = await given.person('Ada Lovelace')
const ben = await given.person('Ben')
const cleo = await given.person('Cleo')
const { id } = await given.recording(ben, await cutRecording())
const url = `/api/updates/${id}/comments`
type Someone = typeof ada

const post = (person: Someone, payload: object, on = url) => as(person).inject({ method: 'POST', url: on, payload })
const say = async (person: Someone, payload: object) => {
  const answer = await post(person, payload)
  expect(answer.statusCode, answer.body).toBe(201)
  return answer.json()
}
const change = (person: Someone, commentId: string, payload: object) =>
  as(person).inject({ method: 'PATCH', url: `/api/comments/${commentId}`, payload })
const remove = (person: Someone, commentId: string) => as(person).inject({ method: 'DELETE', url: `/api/comments/${commentId}` })
const read = async (person: Someone, commentId: string) => (await as(person).inject({ url: `/api/comments/${commentId}` })).json()
const put = (person: Someone, commentId: string, what: string, payload?: object) =>
  as(person).inject({ method: 'PUT', url: `/api/comments/${commentId}/${what}`, ...(payload ? { payload } : {}) })
const take = (person: Someone, commentId: string, what: string) =>
  as(person).inject({ method: 'DELETE', url: `/api/comments/${commentId}/${what}` })
const history = async (person: Someone, commentId: string) =>
  (await as(person).inject({ url: `/api/comments/${commentId}/history` })).json()

test('a question has an owner, and is open until it is resolved at the moment that answers it', async () => {
  const open = async () => (await as(ada).inject({ url: `/api/updates/${id}` })).json().openCount
  const before = await open()
  const asked = await say(ada, { text: 'Why so?', type: 'question', ownerId: ben.id, atMs: 500 })
  expect(asked).toMatchObject({ type: 'question', owner: { name: 'Ben' }, resolution: null, doneAt: null })
  expect(await open()).toBe(before + 1)

  const answer = await say(ben, { text: 'See there', parentId: asked.id })
  const resolved = (await put(ben, asked.id, 'resolution', { atMs: 4_000, answerId: answer.id })).json()
  expect(resolved.resolution).toEqual({
    at: expect.any(String),
    by: { id: ben.id, name: 'Ben', picture: null },
    atMs: 4_000,
    answerId: answer.id,
  })
  expect(await open()).toBe(before)
  expect((await take(ada, asked.id, 'resolution')).json().resolution).toBeNull()
  expect(
    (await history(cleo, asked.id)).trail.map(({ what, by }: { what: string; by: { name: string } }) => [what, by.name]),
  ).toEqual([
    ['resolved', 'Ben'],
    ['reopened', 'Ada Lovelace'],
  ])
})

test('an action is done when it is resolved, by who has to do it; whom it does not concern cannot', async () => {
  const action = await say(ben, { text: 'Fix it', type: 'action', ownerId: ada.id })
  const other = await say(cleo, { text: 'Mine', type: 'action', ownerId: cleo.id })
  expect((await put(cleo, action.id, 'resolution', {})).statusCode).toBe(403)
  const done = (await put(ada, action.id, 'resolution', {})).json()
  expect(done.doneAt).toBe(done.resolution.at)
  expect((await read(cleo, action.id)).can).toEqual({ edit: false, delete: false, hide: false, resolve: false })
  expect(other.can).toEqual({ edit: true, delete: true, hide: false, resolve: true })
})

test.each([
  ['a moment after the end', { atMs: 60_000 }, 'comment-out-of-range'],
  ['a comment that does not exist', { answerId: crypto.randomUUID() }, 'answer-not-found'],
])('%s answers nothing', async (_what, payload, code) => {
  const asked = await say(ada, { text: 'Where?', type: 'question' })
  expect((await put(ada, asked.id, 'resolution', payload)).json()).toMatchObject({ status: 422, type: `/problems/${code}` })
  expect((await put(ada, asked.id, 'resolution', { answerId: asked.id })).json().type).toBe('/problems/answer-not-found')
})

test('a decision is final, and a later one on another update takes its place', async () => {
  const first = await say(ada, { text: 'We ship on Monday', type: 'decision' })
  expect((await change(ada, first.id, { text: 'Tuesday' })).json()).toMatchObject({
    status: 409,
    type: '/problems/decision-final',
  })
  expect((await remove(ada, first.id)).json()).toMatchObject({ status: 409, type: '/problems/decision-final' })
  expect((await put(ada, first.id, 'resolution', {})).statusCode).toBe(409)
  const { id: later } = await given.update(cleo, { title: 'Next week' })
  const second = (
    await post(cleo, { text: 'On Tuesday', type: 'decision', supersedesId: first.id }, `/api/updates/${later}/comments`)
  ).json()
  expect(second.supersedes).toEqual({ updateId: id, commentId: first.id })
  expect((await read(ada, first.id)).supersededBy).toEqual({ updateId: later, commentId: second.id })
  await as(cleo).inject({ method: 'DELETE', url: `/api/updates/${later}` })
  expect((await read(ada, first.id)).supersededBy).toBeNull()
})

test('what a comment said before stays in its history; the same text again leaves no trace', async () => {
  const comment = await say(ada, { text: 'frist' })
  await change(ada, comment.id, { text: 'first' })
  await change(ada, comment.id, { text: 'first' })
  const changed = (await change(ada, comment.id, { text: 'First.' })).json()
  expect(changed.editedAt).not.toBeNull()
  const { versions } = await history(cleo, comment.id)
  expect(versions.map(({ text }: { text: string }) => text)).toEqual(['frist', 'first', 'First.'])
  expect(versions[0].writtenAt).toBe(comment.createdAt)
  expect(versions[2].writtenAt).toBe(changed.editedAt)
})

test('a note becomes a question, and who is asked goes when it is none any more', async () => {
  const note = await say(ada, { text: 'Hm' })
  expect((await change(ada, note.id, { ownerId: ben.id })).json()).toMatchObject({ status: 400, errors: [{ field: 'ownerId' }] })
  const question = (await change(ada, note.id, { type: 'question', ownerId: ben.id })).json()
  expect(question).toMatchObject({ type: 'question', owner: { name: 'Ben' }, editedAt: null })
  expect((await change(ada, note.id, { type: 'note' })).json()).toMatchObject({ type: 'note', owner: null })
  expect((await change(ada, note.id, { type: 'decision' })).statusCode).toBe(400)
  expect((await change(ada, note.id, { text: '' })).json()).toMatchObject({ status: 400, errors: [{ field: 'text' }] })
})

test('a deleted comment is gone with all it said; with replies its place stays, until they are gone too', async () => {
  const parent = await say(ada, { text: 'secret', atMs: 100, mentions: [ben.id] })
  await change(ada, parent.id, { text: 'secret too' })
  const reply = await say(ben, { text: 'answer', parentId: parent.id })
  await remove(ada, parent.id)
  const left = await read(cleo, parent.id)
  expect(left).toMatchObject({
    text: '',
    deleted: true,
    mentions: [],
    can: { edit: false, delete: false, hide: false, resolve: false },
  })
  expect((await as(ada).inject({ url: `/api/comments/${parent.id}/history` })).statusCode).toBe(404)
  await remove(ben, reply.id)
  expect((await as(cleo).inject({ url: `/api/comments/${parent.id}` })).statusCode).toBe(404)
})

test('the author of the update and admins take a comment out of sight and bring it back; the trail says who did', async () => {
  const rude = await say(cleo, {
    text: 'Rude',
    atMs: 100,
    drawing: { strokes: [{ points: [[0.5, 0.5]], colour: '#e5484d', width: 0.006 }] },
  })
  expect((await put(cleo, rude.id, 'hidden')).statusCode).toBe(403)
  expect((await put(ben, rude.id, 'hidden')).json().hidden).toMatchObject({ by: { name: 'Ben' } })
  await put(ada, rude.id, 'hidden')
  const dora = await given.person('Dora')
  expect(await read(dora, rude.id)).toMatchObject({ text: '', drawing: null, hidden: { by: { name: 'Ben' } } })
  expect((await history(dora, rude.id)).versions).toEqual([])
  for (const person of [ada, ben, cleo]) expect((await read(person, rude.id)).text).toBe('Rude')
  expect(
    (await as(dora).inject({ method: 'PUT', url: `/api/comments/${rude.id}/reactions/${encodeURIComponent('👍')}` })).statusCode,
  ).toBe(404)
  await take(ada, rude.id, 'hidden')
  expect((await read(dora, rude.id)).text).toBe('Rude')
  expect(
    (await history(dora, rude.id)).trail.map(({ what, by }: { what: string; by: { name: string } }) => [what, by.name]),
  ).toEqual([
    ['hidden', 'Ben'],
    ['shown', 'Ada Lovelace'],
  ])
})

test('people are found by the beginning of any of their names; wildcards are letters', async () => {
  const find = async (q: string) =>
    (await as(cleo).inject({ url: `/api/updates/${id}/people?q=${encodeURIComponent(q)}` }))
      .json()
      .map(({ name }: { name: string }) => name)
  expect(await find('love')).toEqual(['Ada Lovelace'])
  expect(await find('ADA')).toEqual(['Ada Lovelace'])
  expect(await find('ove')).toEqual([])
  expect(await find('%')).toEqual([])
  expect(await find('')).toContain('Ben')
  const draft = await given.update(cleo, { video: { tracks: ['main'] } })
  expect((await as(cleo).inject({ url: `/api/updates/${draft.id}/people` })).json()).toEqual([
    { id: cleo.id, name: 'Cleo', picture: null },
  ])
})

test('people are named, each once', async () => {
  const comment = await say(ada, { text: '@Ben, look', mentions: [ben.id, ben.id] })
  expect(comment.mentions).toEqual([{ id: ben.id, name: 'Ben', picture: null }])
  expect((await change(ada, comment.id, { text: '@Cleo, look', mentions: [cleo.id] })).json().mentions).toEqual([
    { id: cleo.id, name: 'Cleo', picture: null },
  ])
})

test('the same comment sent again, also at the same moment, is stored once; another under its id is refused', async () => {
  const draft = { id: crypto.randomUUID(), text: 'Kept while offline', atMs: 700, mentions: [ben.id] }
  const answers = await Promise.all([1, 2, 3].map(() => post(ada, draft)))
  expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 200, 201])
  await change(ada, draft.id, { text: 'Changed since' })
  expect((await post(ada, draft)).json()).toMatchObject({ id: draft.id, text: 'Changed since' })
  expect((await post(ada, { ...draft, text: 'Other' })).json()).toMatchObject({ status: 409, type: '/problems/comment-conflict' })
  expect((await post(ben, draft)).json()).toMatchObject({ status: 409, type: '/problems/id-taken' })
  await remove(ada, draft.id)
  const late = await post(ada, draft)
  expect(late.statusCode).toBe(200)
  expect(late.json()).toMatchObject({ deleted: true, text: '' })
})

const stroke = { points: [[0.123456, 1]], colour: '#3e8ef7', width: 0.006 }
test('a drawing is kept with its comment, in shares of the picture', async () => {
  const comment = await say(ada, { text: '', atMs: 200, drawing: { strokes: [stroke] } })
  expect(comment.drawing).toEqual({ strokes: [{ ...stroke, points: [[0.1235, 1]] }] })
})

const points = (count: number) => Array.from({ length: count }, () => [0.5, 0.5])
test.each([
  ['a point outside the picture', { atMs: 0, drawing: { strokes: [{ ...stroke, points: [[0, 1.01]] }] } }],
  ['a colour that is script', { atMs: 0, drawing: { strokes: [{ ...stroke, colour: 'url(javascript:alert(1))' }] } }],
  ['a point that is no number', { atMs: 0, drawing: { strokes: [{ ...stroke, points: [[null, 'x']] }] } }],
  ['more points than a hand draws', { atMs: 0, drawing: { strokes: [1, 2, 3].map(() => ({ ...stroke, points: points(700) })) } }],
  ['no strokes', { atMs: 0, drawing: { strokes: [] } }],
  ['a drawing on nothing', { drawing: { strokes: [stroke] } }],
  ['an owner of a note', { ownerId: ben.id }],
  ['a note that supersedes', { supersedesId: crypto.randomUUID() }],
  ['an unknown type', { type: 'poll' }],
  ['a mention that is no id', { mentions: ['Ben'] }],
  ['twenty-one mentions', { mentions: Array.from({ length: 21 }, () => crypto.randomUUID()) }],
  ['a moment between two milliseconds', { atMs: 0.5 }],
  ['a moment of next week', { atMs: 1e12 }],
  ['a video without a main track', { video: { tracks: ['camera'] } }],
  ['an id that is none', { id: '1' }],
])('%s is refused with 400', async (_what, payload) => {
  const refused = await post(ada, { text: 'x', ...payload })
  expect(refused.json()).toMatchObject({ type: '/problems/invalid-request', status: 400, errors: expect.any(Array) })
})

test('a drawing in reply to a comment on the whole is refused, for it is on no picture', async () => {
  const whole = await say(ada, { text: 'On all of it' })
  expect((await post(ada, { text: '', parentId: whole.id, drawing: { strokes: [stroke] } })).statusCode).toBe(400)
})

test.each([
  ['a person who does not exist', { mentions: [crypto.randomUUID()] }, 'person-not-found'],
  ['an owner who does not exist', { type: 'question', ownerId: crypto.randomUUID() }, 'person-not-found'],
  ['a decision that does not exist', { type: 'decision', supersedesId: crypto.randomUUID() }, 'decision-not-found'],
])('%s is refused with 422', async (_what, payload, code) => {
  expect((await post(ada, { text: 'x', ...payload })).json()).toMatchObject({ type: `/problems/${code}`, status: 422 })
})
