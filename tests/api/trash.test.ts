import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import { cutRecording } from '../support/cut.ts'
import type { Person } from '../support/given.ts'
import { guestsOn } from '../support/guest.ts'

const { app, as, given, db, send } = await startApp()
const { share, guest } = guestsOn(app)
const cut = await cutRecording()
const owner = await given.person('Olga')
const ada = await given.person('Ada')
const ben = await given.person('Ben')

const trash = (who: Person, id: string) => as(who).inject({ method: 'DELETE', url: `/api/updates/${id}` })
const restore = (who: Person, id: string) => as(who).inject({ method: 'POST', url: `/api/trash/${id}/restore` })
const erase = (who: Person, id: string) => as(who).inject({ method: 'DELETE', url: `/api/trash/${id}` })
const listed = async (who: Person, query = '') => (await as(who).inject({ url: `/api/trash${query}` })).json()
const titles = async (who: Person) => (await listed(who)).items.map(({ title }: { title: string }) => title)
const statusOf = async (who: Person, id: string) => (await as(who).inject({ url: `/api/updates/${id}` })).statusCode
const actions = async () =>
  (await as(owner).inject({ url: '/api/audit-events' })).json().items.map((event: { action: string }) => event.action)

test('what is deleted is in the trash of its author and of admins, with who did it and until when, and is seen by nobody', async () => {
  const { id } = await given.update(ada, { title: 'Monday' })
  expect((await trash(owner, id)).statusCode).toBe(204)
  for (const who of [owner, ada, ben]) expect(await statusOf(who, id)).toBe(404)
  const { items } = await listed(ada)
  expect(items).toMatchObject([{ id, title: 'Monday', author: { name: 'Ada' }, trashedBy: { name: 'Olga' }, isDraft: false }])
  expect(Date.parse(items[0].goneAt) - Date.parse(items[0].trashedAt)).toBe(30 * 86_400_000)
  expect(await titles(owner)).toEqual(['Monday'])
  expect(await titles(ben)).toEqual([])
  for (const act of [restore, erase]) expect((await act(ben, id)).statusCode).toBe(404)
  expect((await restore(ada, id)).statusCode).toBe(204)
  expect((await restore(ada, id)).statusCode).toBe(404)
  expect(await statusOf(ben, id)).toBe(200)
  expect(await actions()).toEqual(expect.arrayContaining(['update.deleted', 'update.restored']))
})

test('media of it does not play, neither for members nor by a share link; restored, all is as before', async () => {
  const { id, videoId } = await given.recording(ada, cut, 'With a link')
  const { playback } = (await as(ben).inject({ url: `/api/videos/${videoId}` })).json()
  const visitor = await guest(await share(ada, id), { name: 'Mia' })
  const channel = (await as(ada).inject({ method: 'POST', url: '/api/channels', payload: { name: 'News' } })).json()
  await as(ada).inject({ method: 'PATCH', url: `/api/updates/${id}`, payload: { channelId: channel.id } })
  await as(ben).inject({ method: 'POST', url: `/api/updates/${id}/comments`, payload: { text: 'Nice' } })
  const read = async () => ({
    member: (await as(ben).inject({ url: `/api/videos/${videoId}` })).statusCode,
    guest: (await visitor.inject({ url: `/api/updates/${id}` })).statusCode,
    playlist: (await app.inject({ url: playback.hls })).statusCode,
    track: (await app.inject({ url: playback.hls.replace('master', 'main/playlist') })).statusCode,
  })
  expect(await read()).toEqual({ member: 200, guest: 200, playlist: 200, track: 200 })
  await trash(ada, id)
  expect(await read()).toEqual({ member: 404, guest: 410, playlist: 404, track: 404 })
  await restore(ada, id)
  expect(await read()).toEqual({ member: 200, guest: 200, playlist: 200, track: 200 })
  const again = (await as(ben).inject({ url: `/api/updates/${id}` })).json()
  expect(again).toMatchObject({ channel: { name: 'News' }, commentCount: 1 })
  await trash(ada, id)
})

test('of a private channel that an admin does not see nothing is in their trash', async () => {
  const { id: channelId } = (
    await as(ada).inject({ method: 'POST', url: '/api/channels', payload: { name: 'Secret', isPrivate: true } })
  ).json()
  const { id } = await given.update(ada, { title: 'Layoffs', channelId })
  await trash(ada, id)
  expect(await titles(ada)).toContain('Layoffs')
  expect((await as(owner).inject({ url: '/api/trash' })).body).not.toMatch(/Layoffs|Secret/)
  for (const act of [restore, erase]) expect((await act(owner, id)).statusCode).toBe(404)
})

test('a discarded recording can be restored when something of it had arrived', async () => {
  const drafts = [1, 2].map(() => given.update(ben, { title: 'Take', video: { tracks: ['main'] } }))
  const [empty, begun] = await Promise.all(drafts)
  for (const number of [0, 1]) await send(ben, `${begun?.videoId}`, 'main', number, cut)
  for (const draft of [empty, begun]) await trash(ben, `${draft?.id}`)
  expect((await listed(ben)).items).toMatchObject([{ id: begun?.id, isDraft: true }])
  expect(await titles(owner)).not.toContain('Take')
})

test('what is deleted for good is gone, with all that was said about it', async () => {
  const { id, videoId } = await given.recording(ada, cut, 'For good')
  await as(ben).inject({ method: 'POST', url: `/api/updates/${id}/comments`, payload: { text: 'Nice' } })
  expect((await erase(ada, id)).statusCode).toBe(404)
  await trash(ada, id)
  expect((await erase(ada, id)).statusCode).toBe(204)
  expect((await restore(ada, id)).statusCode).toBe(404)
  expect(await titles(ada)).not.toContain('For good')
  for (const [table, column, value] of [
    ['updates', 'id', id],
    ['comments', 'update_id', id],
    ['videos', 'id', videoId],
    ['segments', 'video_id', videoId],
  ] as const) {
    const rows = await db.execute(sql`select 1 from ${sql.identifier(table)} where ${sql.identifier(column)} = ${value}`)
    expect(rows, table).toHaveLength(0)
  }
  expect(await actions()).toContain('update.erased')
})

test('the trash comes in pages, and refuses a cursor of something else', async () => {
  const cleo = await given.person('Cleo')
  for (const title of ['One', 'Two', 'Three']) await trash(cleo, (await given.update(cleo, { title })).id)
  const first = await listed(cleo, '?limit=2')
  expect(first.items.map((each: { title: string }) => each.title)).toEqual(['Three', 'Two'])
  const second = await listed(cleo, `?limit=2&cursor=${first.nextCursor}`)
  expect(second).toMatchObject({ items: [{ title: 'One' }], nextCursor: null })
  expect((await as(cleo).inject({ url: '/api/trash?cursor=nonsense' })).statusCode).toBe(400)
})
