import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import { cutRecording } from '../support/cut.ts'
import { listenTo } from '../support/stream.ts'

const { app, as, given, send, finish, db } = await startApp()
const cut = await cutRecording()
const ada = await given.person('Ada')
const ben = await given.person('Ben')
const cleo = await given.person('Cleo')
type Someone = typeof ada
type Notice = { id: string; kind: string; actor: { name: string }; comment: { id: string; text: string }; readAt: string | null }

const notices = async (person: Someone, query = '') =>
  (await as(person).inject({ url: `/api/notifications${query}` })).json() as {
    items: Notice[]
    nextCursor: string | null
    unread: number
  }
const say = async (person: Someone, updateId: string, payload: object) =>
  (await as(person).inject({ method: 'POST', url: `/api/updates/${updateId}/comments`, payload })).json()
const resolve = (person: Someone, commentId: string, method: 'PUT' | 'DELETE' = 'PUT') =>
  as(person).inject({ method, url: `/api/comments/${commentId}/resolution`, ...(method === 'PUT' ? { payload: {} } : {}) })
/** What each of them is notified of by what is done. */
async function told(doIt: () => Promise<unknown>) {
  await db.execute(sql`delete from notifications`)
  await doIt()
  const of = async (person: Someone) => (await notices(person)).items.map(({ kind, actor }) => `${kind} by ${actor.name}`)
  return { ada: await of(ada), ben: await of(ben), cleo: await of(cleo) }
}
const { id } = await given.update(ada, { title: 'Monday' })

test('who is asked, who is named, and whose update or comment it answers is notified; each once, never oneself', async () => {
  expect(await told(() => say(ben, id, { text: 'Nice' }))).toEqual({ ada: ['answered by Ben'], ben: [], cleo: [] })
  const first = await say(ben, id, { text: 'Hm' })
  expect(await told(() => say(cleo, id, { text: 'Yes', parentId: first.id }))).toEqual({
    ada: ['answered by Cleo'],
    ben: ['answered by Cleo'],
    cleo: [],
  })
  const asked = { text: 'Who?', type: 'question', ownerId: cleo.id, mentions: [cleo.id, ada.id, ben.id] }
  expect(await told(() => say(ben, id, asked))).toEqual({ ada: ['mentioned by Ben'], ben: [], cleo: ['asked by Ben'] })
  expect(await told(() => say(ada, id, { text: 'Note to self' }))).toEqual({ ada: [], ben: [], cleo: [] })
})

test('the author of a comment hears that it was resolved, once, and no more when it is open again', async () => {
  const asked = await say(ben, id, { text: 'Done?', type: 'question' })
  const resolved = { ada: [], ben: ['resolved by Ada'], cleo: [] }
  expect(await told(async () => [await resolve(ada, asked.id), await resolve(ada, asked.id)])).toEqual(resolved)
  await resolve(ada, asked.id, 'DELETE')
  expect((await notices(ben)).items).toEqual([])
  expect(await told(() => resolve(ben, asked.id))).toEqual({ ada: [], ben: [], cleo: [] })
})

test('an edit notifies those whom it newly concerns', async () => {
  const comment = await say(ada, id, { text: '@Ben', mentions: [ben.id] })
  const edit = (payload: object) => as(ada).inject({ method: 'PATCH', url: `/api/comments/${comment.id}`, payload })
  expect((await notices(ben)).items[0]).toMatchObject({ kind: 'mentioned', comment: { id: comment.id } })
  await edit({ text: '@Ben @Cleo', mentions: [ben.id, cleo.id] })
  await edit({ type: 'question', ownerId: ben.id })
  const kinds = async (person: Someone) =>
    (await notices(person)).items.filter(({ comment: about }) => about.id === comment.id).map(({ kind }) => kind)
  expect(await kinds(ben)).toEqual(['asked', 'mentioned'])
  expect(await kinds(cleo)).toEqual(['mentioned'])
})

test('nobody is notified of reactions', async () => {
  const comment = await say(ben, id, { text: 'Done!' })
  const thumb = encodeURIComponent('👍')
  const react = (url: string, payload?: object) => as(cleo).inject({ method: 'PUT', url, ...(payload ? { payload } : {}) })
  expect(
    await told(async () => [
      await react(`/api/comments/${comment.id}/reactions/${thumb}`),
      await react(`/api/updates/${id}/reactions/${thumb}`, {}),
    ]),
  ).toEqual({ ada: [], ben: [], cleo: [] })
})

test('an answer by video notifies when it can be watched', async () => {
  const { id: recording } = await given.recording(ada, cut)
  let videoId = ''
  const draft = { text: '', mentions: [cleo.id], video: { tracks: ['main'] } }
  const nobody = { ada: [], ben: [], cleo: [] }
  expect(await told(async () => (videoId = (await say(ben, recording, draft)).videoId))).toEqual(nobody)
  for (const number of cut.numbers) await send(ben, videoId, 'main', number, cut)
  const finished = () => finish(ben, videoId, { main: { segments: cut.numbers.length - 1 } })
  expect(await told(finished)).toEqual({ ada: ['answered by Ben'], ben: [], cleo: ['mentioned by Ben'] })
  expect(await told(finished)).toEqual(nobody)
})

test('what cannot be seen any more is neither listed nor counted', async () => {
  await told(async () => undefined)
  const { id: other } = await given.update(ada, { title: 'Tuesday' })
  const comments = [
    await say(ben, other, { text: 'one' }),
    await say(ben, other, { text: 'two' }),
    await say(ben, id, { text: 'three' }),
  ]
  expect((await notices(ada)).unread).toBe(3)
  await as(ben).inject({ method: 'DELETE', url: `/api/comments/${comments[0].id}` })
  expect(await notices(ada)).toMatchObject({ unread: 2, items: [{ comment: { text: 'three' } }, { comment: { text: 'two' } }] })
  await as(ada).inject({ method: 'DELETE', url: `/api/updates/${other}` })
  expect(await notices(ada)).toMatchObject({ unread: 1, items: [{ comment: { text: 'three' } }] })
  await as(ada).inject({ method: 'PUT', url: `/api/comments/${comments[2].id}/hidden` })
  expect(await notices(ada)).toMatchObject({ unread: 0, items: [] })
})

test('one is marked as read and as unread, all at once or those of an update; the other tabs hear of it', async () => {
  await told(async () => undefined)
  const { id: other } = await given.update(ada, { title: 'Wednesday' })
  for (const on of [id, id, other]) await say(ben, on, { text: 'x' })
  const tabs = await Promise.all([listenTo(app, ada), listenTo(app, ada)])
  const { items } = await notices(ada)
  const one = `/api/notifications/${items[0]!.id}/read`
  expect((await as(ada).inject({ method: 'PUT', url: one })).json()).toEqual({ unread: 2 })
  expect((await as(ada).inject({ method: 'PUT', url: one })).json()).toEqual({ unread: 2 })
  for (const tab of tabs) await tab.until(({ type }) => type === 'notification')
  expect((await notices(ada, '?unread=true')).items).toHaveLength(2)
  expect((await as(ada).inject({ method: 'DELETE', url: one })).json()).toEqual({ unread: 3 })
  const all = (payload: object) => as(ada).inject({ method: 'PUT', url: '/api/notifications/read', payload })
  expect((await all({ updateId: id })).json()).toEqual({ unread: 1 })
  expect((await all({})).json()).toEqual({ unread: 0 })
  expect((await notices(ada, '?limit=0')).items).toEqual([])
  for (const { close } of tabs) close()
})

test("another person's notification does not exist", async () => {
  await say(ben, id, { text: 'For Ada' })
  const [hers] = (await notices(ada)).items
  for (const method of ['PUT', 'DELETE'] as const)
    expect((await as(ben).inject({ method, url: `/api/notifications/${hers!.id}/read` })).statusCode).toBe(404)
  expect((await as(ben).inject({ method: 'PUT', url: '/api/notifications/none/read' })).statusCode).toBe(404)
})

test('the list is paged, newest first, without gaps or repeats', async () => {
  await told(async () => Promise.all(Array.from({ length: 7 }, (_, n) => say(ben, id, { text: `n${n}` }))))
  const all = (await notices(ada)).items.map((notice) => notice.id)
  expect(all).toHaveLength(7)
  const paged: string[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page = await notices(ada, `?limit=3${cursor && `&cursor=${cursor}`}`)
    paged.push(...page.items.map((notice) => notice.id))
    cursor = page.nextCursor
  }
  expect(paged).toEqual(all)
  for (const query of ['?cursor=x', '?limit=1000', '?unread=maybe'])
    expect((await as(ada).inject({ url: `/api/notifications${query}` })).statusCode).toBe(400)
})
