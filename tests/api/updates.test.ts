import { viewerHeader } from '@meanwhile/shared/contract/viewer-header'
import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import { cutRecording } from '../support/cut.ts'

const { as, given, env } = await startApp()
const cut = await cutRecording()
const ada = await given.person('Ada')
const ben = await given.person('Ben')
const list = async (person: typeof ada, query = '') => (await as(person).inject({ url: `/api/updates${query}` })).json()

test('a text update is there for everybody at once, with its link', async () => {
  const created = await as(ada).inject({ method: 'POST', url: '/api/updates', payload: { title: ' Hello ', body: 'Read me' } })
  expect(created.statusCode).toBe(201)
  const update = created.json()
  expect(update).toMatchObject({
    title: 'Hello',
    body: 'Read me',
    videoId: null,
    video: null,
    publishedAt: expect.any(String),
    canEdit: true,
  })
  expect(update.url).toBe(`${env.PUBLIC_URL}/u/${update.id}`)
  expect((await list(ben)).items.map(({ id }: { id: string }) => id)).toContain(update.id)
})

test('the list is paged, newest first, without gaps or repeats', async () => {
  for (let n = 0; n < 5; n++) await given.update(ada, { title: `n${n}` })
  const all = (await list(ben, '?limit=100')).items.map(({ id }: { id: string }) => id)
  const paged: string[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page: { items: { id: string }[]; nextCursor: string | null } = await list(
      ben,
      `?limit=2${cursor && `&cursor=${cursor}`}`,
    )
    paged.push(...page.items.map(({ id }) => id))
    cursor = page.nextCursor
  }
  expect(paged).toEqual(all)
  const refused = await as(ben).inject({ url: '/api/updates?cursor=made-up' })
  expect(refused.json()).toMatchObject({ status: 400, errors: [{ field: 'cursor' }] })
  expect((await as(ben).inject({ url: '/api/updates?limit=1000000000' })).statusCode).toBe(400)
})

test('what is asked on behalf of one person is not done with the session of another', async () => {
  const ask = (person: typeof ada, meant: typeof ada) =>
    as(person).inject({ method: 'POST', url: '/api/updates', headers: { [viewerHeader]: meant.id }, payload: { title: 'Mine' } })
  const before = (await list(ben)).items.length
  const refused = await ask(ben, ada)
  expect(refused.json()).toMatchObject({ type: '/problems/signed-out', status: 401 })
  expect((await list(ben)).items).toHaveLength(before)
  expect((await ask(ada, ada)).json().author).toMatchObject({ id: ada.id })
})

test('a recording that is shared live is there for others at once, for nobody else', async () => {
  const { id } = await given.update(ada, { title: 'Live', video: { tracks: ['main'] }, live: true })
  expect((await list(ben)).items.map((update: { id: string }) => update.id)).toContain(id)
  const stranger = await given.stranger('Eve')
  expect((await as(stranger).inject({ url: `/api/updates/${id}` })).statusCode).toBe(404)
})

test('drafts and unwatched updates are told apart', async () => {
  const { id: draft } = await given.update(ada, { title: 'draft', video: { tracks: ['main'] } })
  const ids = async (person: typeof ada, query = '?limit=100') =>
    (await list(person, query)).items.map(({ id }: { id: string }) => id)
  expect(await ids(ada)).toContain(draft)
  expect(await ids(ben)).not.toContain(draft)

  const { id } = await given.recording(ada, cut)
  expect(await ids(ben, '?unwatched=true&limit=100')).toContain(id)
  await as(ben).inject({ method: 'PUT', url: `/api/updates/${id}/view`, payload: { ranges: [[0, 1000]] } })
  expect(await ids(ben, '?unwatched=true&limit=100')).not.toContain(id)
  expect(await ids(ada, '?unwatched=true&limit=100')).not.toContain(id)
})

test('what a viewer has seen is merged, and where they left and their speed are remembered for them alone', async () => {
  const { id } = await given.recording(ada, cut)
  const view = (payload: object) => as(ben).inject({ method: 'PUT', url: `/api/updates/${id}/view`, payload })
  await view({ ranges: [[0, 1000]], rate: 1.5 })
  expect(
    (
      await view({
        ranges: [
          [3000, 4000],
          [500, 2000],
        ],
      })
    ).json(),
  ).toEqual({
    positionMs: 2000,
    seen: [
      [0, 2000],
      [3000, 4000],
    ],
    rate: 1.5,
  })
  expect((await view({ ranges: [], positionMs: 4500 })).json().positionMs).toBe(4500)
  const shown = async (person: typeof ada) => (await as(person).inject({ url: `/api/updates/${id}` })).json().view
  expect(await shown(ben)).toEqual({
    positionMs: 4500,
    seen: [
      [0, 2000],
      [3000, 4000],
    ],
    rate: 1.5,
  })
  expect(await shown(ada)).toBeNull()
  expect((await view({ ranges: [[5, 1]] })).statusCode).toBe(400)
})

test('the author changes title and text, others do not', async () => {
  const { id } = await given.update(ada, { title: 'Befor' })
  const change = (person: typeof ada) =>
    as(person).inject({ method: 'PATCH', url: `/api/updates/${id}`, payload: { title: 'Before' } })
  expect((await change(ben)).statusCode).toBe(403)
  expect((await change(ada)).json()).toMatchObject({ title: 'Before', editedAt: expect.any(String) })
})

test('a deleted update is gone for everybody; the owner may delete too, a member may not', async () => {
  const { id } = await given.update(ben, { title: 'His' })
  const { id: hers } = await given.update(ada, { title: 'Hers' })
  expect((await as(ben).inject({ method: 'DELETE', url: `/api/updates/${hers}` })).statusCode).toBe(403)
  expect((await as(ada).inject({ method: 'DELETE', url: `/api/updates/${id}` })).statusCode).toBe(204)
  for (const person of [ada, ben]) expect((await as(person).inject({ url: `/api/updates/${id}` })).statusCode).toBe(404)
})

test.each([
  ['a track twice', { video: { tracks: ['main', 'main'] } }],
  ['no main track', { video: { tracks: ['camera'] } }],
  ['a title of a book', { title: 'x'.repeat(201) }],
  ['text that is no text', { title: 5 }],
])('%s is refused with the field', async (_what, payload) => {
  const refused = await as(ada).inject({ method: 'POST', url: '/api/updates', payload })
  expect(refused.json()).toMatchObject({
    type: '/problems/invalid-request',
    status: 400,
    errors: [{ field: expect.any(String) }],
  })
})

const create = (person: typeof ada, payload: object) => as(person).inject({ method: 'POST', url: '/api/updates', payload })
const video = { tracks: ['main', 'camera'] }

test('created twice under the id that the client chose, also at the same moment, there is one update', async () => {
  const id = crypto.randomUUID()
  const both = await Promise.all([1, 2, 3].map((n) => create(ada, { id, title: `n${n}`, video })))
  expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([200, 200, 201])
  expect(new Set(both.map((answer) => answer.json().videoId)).size).toBe(1)
  const first = both.find(({ statusCode }) => statusCode === 201)!.json()
  const again = await create(ada, { id, title: 'Another title', video: { tracks: ['main'] } })
  expect(again.statusCode).toBe(200)
  expect(again.json()).toMatchObject({ id, title: first.title, videoId: first.videoId })
})

test('an id that somebody else has is refused alike, whether one could see theirs or not', async () => {
  const { id: published } = await given.update(ada, { title: 'Hers' })
  const { id: draft } = await given.update(ada, { title: 'Her draft', video })
  const { id: trashed } = await given.update(ben, { title: 'His, in the trash' })
  await as(ben).inject({ method: 'DELETE', url: `/api/updates/${trashed}` })
  const answers = await Promise.all([published, draft, trashed].map((id) => create(ben, { id, title: 'Mine' })))
  for (const answer of answers) {
    expect(answer.json()).toMatchObject({ type: '/problems/id-taken', status: 409 })
    expect({ ...answer.json(), instance: '' }).toEqual({ ...answers[0]!.json(), instance: '' })
  }
  expect((await as(ada).inject({ url: `/api/updates/${published}` })).json().title).toBe('Hers')
})

test.each(['', 'mine', '00000000-0000-0000-0000-00000000000', 5, null])('the id %j is refused', async (id) => {
  expect((await create(ada, { id, title: 'x' })).json()).toMatchObject({ status: 400, errors: [{ field: 'id' }] })
})
