import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import { cutRecording } from '../support/cut.ts'

const { app, as, given } = await startApp()
const ada = await given.person('Ada')
const ben = await given.person('Ben')
const { id } = await given.recording(ada, await cutRecording())
const url = `/api/updates/${id}/comments`
const comment = async (person: typeof ada, payload: object) => (await as(person).inject({ method: 'POST', url, payload })).json()
const listed = async (on = url) => (await as(ada).inject({ url: on })).json().items

test('a comment appears on the update, at its moment, with its author', async () => {
  const created = await as(ada).inject({ method: 'POST', url, payload: { text: ' Nice cut ', atMs: 4_200 } })
  expect(created.statusCode).toBe(201)
  expect(created.json()).toMatchObject({
    updateId: id,
    text: 'Nice cut',
    atMs: 4_200,
    endMs: null,
    parentId: null,
    author: { name: 'Ada' },
    deleted: false,
  })
  expect(await listed()).toContainEqual(created.json())
  expect((await as(ben).inject({ url: `/api/updates/${id}` })).json().commentCount).toBe(1)
})

test('comments are listed by moment, replies behind their parent and at its moment', async () => {
  const { id: other } = await given.recording(ada, await cutRecording())
  const on = `/api/updates/${other}/comments`
  const say = async (payload: object) => (await as(ben).inject({ method: 'POST', url: on, payload })).json()
  const late = await say({ text: 'late', atMs: 4000 })
  await say({ text: 'whole' })
  await say({ text: 'early', atMs: 1000 })
  const reply = await say({ text: 'a reply', parentId: late.id })
  await say({ text: 'a reply to the reply', parentId: reply.id, atMs: 0 })
  const list = await listed(on)
  expect(list.map(({ text, atMs }: { text: string; atMs: number | null }) => [text, atMs])).toEqual([
    ['early', 1000],
    ['late', 4000],
    ['a reply', 4000],
    ['a reply to the reply', 4000],
    ['whole', null],
  ])
  expect(list[3].parentId).toBe(late.id)
})

test('only its author changes or deletes a comment', async () => {
  const own = await comment(ben, { text: 'frist', atMs: 100 })
  const at = `/api/comments/${own.id}`
  expect((await as(ada).inject({ method: 'PATCH', url: at, payload: { text: 'hers' } })).statusCode).toBe(403)
  expect((await as(ada).inject({ method: 'DELETE', url: at })).statusCode).toBe(403)
  const changed = (await as(ben).inject({ method: 'PATCH', url: at, payload: { text: 'first' } })).json()
  expect(changed).toMatchObject({ text: 'first', editedAt: expect.any(String) })
  expect((await as(ben).inject({ method: 'DELETE', url: at })).statusCode).toBe(204)
  expect((await as(ben).inject({ method: 'DELETE', url: at })).statusCode).toBe(404)
  expect((await listed()).map((each: { id: string }) => each.id)).not.toContain(own.id)
})

test('a deleted comment keeps its place while it has replies, without its text', async () => {
  const parent = await comment(ben, { text: 'secret', atMs: 200 })
  await comment(ada, { text: 'answer', parentId: parent.id })
  await as(ben).inject({ method: 'DELETE', url: `/api/comments/${parent.id}` })
  const [left] = (await listed()).filter((each: { id: string }) => each.id === parent.id)
  expect(left).toMatchObject({ text: '', deleted: true })
})

test.each([
  ['no text', { text: '  ' }, 400, 'invalid-request'],
  ['a text of a million characters', { text: 'x'.repeat(1_000_000) }, 400, 'invalid-request'],
  ['a NUL character', { text: 'a\0b' }, 400, 'invalid-request'],
  ['a moment before the start', { text: 'x', atMs: -1 }, 400, 'invalid-request'],
  ['a moment that is no number', { text: 'x', atMs: 'NaN' }, 400, 'invalid-request'],
  ['a range that ends before it starts', { text: 'x', atMs: 2000, endMs: 1000 }, 400, 'invalid-request'],
  ['a moment after the end', { text: 'x', atMs: 60_000 }, 422, 'comment-out-of-range'],
  ['a parent on another update', { text: 'x', parentId: crypto.randomUUID() }, 422, 'parent-not-found'],
])('%s is refused with a problem', async (_what, payload, status, code) => {
  const refused = await as(ada).inject({ method: 'POST', url, payload })
  expect(refused.headers['content-type']).toMatch('application/problem+json')
  expect(refused.json()).toMatchObject({ type: `/problems/${code}`, status })
})

test('someone signed out is told to sign in', async () => {
  const refused = await app.inject({ method: 'POST', url, payload: { text: 'Hi' } })
  expect(refused.json()).toMatchObject({ type: '/problems/signed-out', status: 401 })
})
