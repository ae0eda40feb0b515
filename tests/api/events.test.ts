import { connect } from '@meanwhile/shared/db/client'
import { forgetEvents } from '@meanwhile/worker/schedules/forget-events'
import { sql } from 'drizzle-orm'
import { afterAll, expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import { cutRecording } from '../support/cut.ts'
import { cloneDatabase } from '../support/database.ts'
import { type Heard, listenTo } from '../support/stream.ts'

const database = await cloneDatabase()
const { app, as, given } = await startApp({ database })
/** Another process of the API on the same database, with connections of its own. */
const own = connect(database.url)
const other = await startApp({ database: { url: database.url, ...own } })
afterAll(() => own.sql.end({ timeout: 1 }))
const { db } = database
const ada = await given.person('Ada')
const ben = await given.person('Ben')
type Someone = typeof ada

const about = (id: string) => (event: Heard) => JSON.stringify(event.data).includes(id)
const typesOf = (events: Heard[]) => events.map(({ type }) => type)
const say = async (person: Someone, updateId: string, payload: object = { text: 'Hi' }) =>
  (await as(person).inject({ method: 'POST', url: `/api/updates/${updateId}/comments`, payload })).json() as {
    id: string
    videoId: string
  }
/** Something that everybody hears: whatever came before it has been heard too. */
async function marker() {
  const { id } = await given.update(ada)
  return about(id)
}

test("another person's comment arrives on the stream, through whichever process it comes", async () => {
  const { id } = await given.update(ada, { title: 'Monday' })
  const streams = await Promise.all([listenTo(app, ben), listenTo(other.app, ben)])
  expect(streams[0].start).toMatchObject({ type: 'start', data: { type: 'start', missed: false } })
  const { id: commentId } = await say(ada, id)
  const heard = await Promise.all(streams.map((stream) => stream.until(about(commentId))))
  expect(heard[0]!.at(-1)).toEqual({
    id: expect.any(Number),
    type: 'comment',
    data: { type: 'comment', updateId: id, commentId },
  })
  expect(heard[1]!.at(-1)).toEqual(heard[0]!.at(-1))
  for (const { close } of streams) close()
})

test('a stream that was interrupted goes on in another process, without a gap and without a repeat', async () => {
  const { id } = await given.update(ada)
  const whole = await listenTo(app, ben)
  const first = await listenTo(app, ben)
  const before = await say(ada, id)
  const last = (await first.until(about(before.id))).at(-1)!
  first.close()
  const missed = await Promise.all(Array.from({ length: 20 }, () => say(ada, id)))
  const second = await listenTo(other.app, ben, last.id)
  expect(second.start.data).toEqual({ type: 'start', missed: false })
  const later = await say(ada, id)
  const heard = (await second.until(about(later.id))).filter(({ type }) => type === 'comment')
  expect(heard.map(({ data }) => data.commentId)).toEqual(expect.arrayContaining([...missed, later].map((comment) => comment.id)))
  expect(heard).toHaveLength(21)
  const all = (await whole.until(about(later.id))).filter((event) => event.id > last.id && event.type === 'comment')
  expect(heard).toEqual(all)
  for (const { close } of [whole, second]) close()
})

test('a transaction that takes long is heard when it commits, also by who has read on since', async () => {
  const { id } = await given.update(ada)
  const [{ workspace_id: workspaceId } = { workspace_id: '' }] = await db.execute<{ workspace_id: string }>(
    sql`select workspace_id from members where user_id = ${ada.id}`,
  )
  const stream = await listenTo(app, ben)
  const slow = crypto.randomUUID()
  let position = 0
  await own.db.transaction(async (tx) => {
    const event = JSON.stringify({ type: 'comment', updateId: id, commentId: slow })
    await tx.execute(sql`insert into live_events (workspace_id, event) values (${workspaceId}, ${event}::json)`)
    const quick = await say(ada, id)
    position = (await stream.until(about(quick.id))).at(-1)!.id
  })
  expect((await stream.until(about(slow))).find(about(slow))!.id).toBeGreaterThan(position)
  const again = await listenTo(other.app, ben, position)
  expect((await again.until(about(slow))).filter(about(slow))).toHaveLength(1)
  for (const { close } of [stream, again]) close()
})

test('what is rolled back is heard by nobody', async () => {
  const stream = await listenTo(app, ben)
  const before = (await db.execute(sql`select 1 from live_events`)).length
  const { id } = await given.update(ada)
  const refused = await as(ada).inject({
    method: 'POST',
    url: `/api/updates/${id}/comments`,
    payload: { text: 'x', mentions: [crypto.randomUUID()] },
  })
  expect(refused.statusCode).toBe(422)
  await stream.until(about(id))
  expect((await db.execute(sql`select 1 from live_events`)).length).toBe(before + 1)
  stream.close()
})

test('edits, resolutions, reactions, hiding and deletion are heard', async () => {
  const { id } = await given.update(ada)
  const { id: commentId } = await say(ada, id, { text: 'Hi', type: 'question' })
  const stream = await listenTo(app, ben)
  const url = `/api/comments/${commentId}`
  const steps = [
    { method: 'PATCH', url, payload: { text: 'Ho' } },
    { method: 'PUT', url: `${url}/resolution`, payload: {} },
    { method: 'PUT', url: `${url}/reactions/${encodeURIComponent('👍')}` },
    { method: 'PUT', url: `${url}/hidden` },
    { method: 'PUT', url: `/api/updates/${id}/reactions/${encodeURIComponent('👍')}`, payload: {} },
    { method: 'DELETE', url },
  ] as const
  for (const step of steps) expect((await as(ada).inject(step)).statusCode).toBeLessThan(300)
  const heard = (await stream.until(await marker())).filter(about(id))
  expect(typesOf(heard)).toEqual(['comment', 'comment', 'comment', 'comment', 'reaction', 'comment'])
  stream.close()
})

test('of a draft, and of an answer that is being recorded, only its author hears', async () => {
  const [hers, his] = await Promise.all([listenTo(app, ada), listenTo(other.app, ben)])
  const draft = await given.update(ada, { video: { tracks: ['main'] } })
  const { id } = await given.recording(ada, await cutRecording())
  const answer = await say(ada, id, { text: '', video: { tracks: ['main'] } })
  await given.edit(ada, answer.videoId, { chapters: [] })
  const last = await marker()
  expect(typesOf((await hers.until(last)).filter(about(draft.id)))).toEqual(['update'])
  expect(typesOf(hers.heard().filter(about(answer.id)))).toEqual(['comment'])
  const heard = await his.until(last)
  expect(typesOf(heard.filter(about(id)))).toEqual(expect.arrayContaining(['update', 'video']))
  for (const hidden of [draft.id, answer.id, answer.videoId]) expect(heard.filter(about(hidden))).toEqual([])
  for (const { close } of [hers, his]) close()
})

test('who has caught up is so on their other devices at once, and nobody but the author hears of it', async () => {
  const { id } = await given.update(ada, { body: 'All of it' })
  const cleo = await given.person('Cleo')
  const streams = await Promise.all([listenTo(other.app, ben), listenTo(app, ada), listenTo(app, cleo)])
  const see = () => as(ben).inject({ method: 'PUT', url: `/api/updates/${id}/view`, payload: { ranges: [] } })
  expect((await see()).statusCode).toBe(200)
  await see()
  const last = await marker()
  const heard = await Promise.all(streams.map(async (stream) => typesOf((await stream.until(last)).filter(about(id)))))
  expect(heard).toEqual([['update'], ['update'], []])
  for (const { close } of streams) close()
})

test('of what is missed, too, only what one may see is told', async () => {
  const before = await listenTo(app, ben)
  const position = (await before.until(({ type }) => type === 'start')).at(-1)!.id
  before.close()
  const draft = await given.update(ada, { video: { tracks: ['main'] } })
  const { id } = await given.update(ada)
  await say(ben, id, { text: 'Hers to hear of' })
  const his = await listenTo(other.app, ben, position)
  const heard = await his.until(await marker())
  expect(heard.filter(about(draft.id))).toEqual([])
  expect(heard.filter(about(id)).length).toBeGreaterThan(0)
  expect(typesOf(heard)).not.toContain('notification')
  his.close()
})

test('of a private channel only its members hear, and who is taken out of it nothing more at once', async () => {
  const made = await as(ben).inject({ method: 'POST', url: '/api/channels', payload: { name: 'Secret', isPrivate: true } })
  const { id: channelId } = made.json() as { id: string }
  const member = { url: `/api/channels/${channelId}/members/${ada.id}` } as const
  const [hers, his] = await Promise.all([listenTo(app, ada), listenTo(other.app, ben)])
  const quiet = await given.update(ben, { channelId })
  await say(ben, quiet.id)
  expect((await as(ben).inject({ method: 'PUT', ...member })).statusCode).toBe(204)
  const told = await given.update(ben, { channelId })
  await hers.until(about(told.id))
  expect((await as(ben).inject({ method: 'DELETE', ...member })).statusCode).toBe(204)
  await say(ben, told.id)
  const late = await given.update(ben, { channelId })
  const last = await marker()
  const heard = await hers.until(last)
  for (const { id } of [quiet, late]) expect(heard.filter(about(id))).toEqual([])
  expect(typesOf(heard.filter(about(told.id)))).toEqual(['update'])
  // That she was added, and that she is in it no more.
  expect(typesOf(heard.filter(about(channelId)))).toEqual(['channel', 'channel'])
  expect(typesOf((await his.until(last)).filter(about(late.id)))).toEqual(['update'])
  for (const { close } of [hers, his]) close()
})

test('those who do not see an update any more after it was moved hear that its former place has changed', async () => {
  const made = await as(ben).inject({ method: 'POST', url: '/api/channels', payload: { name: 'Aside', isPrivate: true } })
  const { id } = await given.update(ben)
  const hers = await listenTo(app, ada)
  await as(ben).inject({ method: 'PATCH', url: `/api/updates/${id}`, payload: { channelId: made.json().id } })
  const heard = await hers.until(await marker())
  expect(heard.filter(about(id))).toEqual([])
  expect(heard.filter(({ type }) => type === 'channel')).toMatchObject([{ data: { type: 'channel', channelId: null } }])
  hers.close()
})

test.each(['999999999', 'yesterday', '-1', '9'.repeat(100)])(
  'who was at %s, which is nowhere, is told to read again',
  async (position) => {
    const stream = await listenTo(app, ben, position)
    expect(stream.start.data).toEqual({ type: 'start', missed: true })
    const { id } = await given.update(ada)
    await stream.until(about(id))
    stream.close()
  },
)

test('events are kept for a while; who was away longer is told to read again', async () => {
  const first = await listenTo(app, ben)
  const { id } = await given.update(ada)
  const position = (await first.until(about(id))).at(-1)!.id
  first.close()
  await db.execute(sql`update live_events set created_at = now() - interval '25 hours' where seq = ${position}`)
  await given.update(ada)
  await forgetEvents(db)
  expect(
    await db.execute(sql`select 1 from live_events where seq <= ${position} and created_at < now() - interval '24 hours'`),
  ).toHaveLength(0)
  const stream = await listenTo(app, ben, position)
  expect(stream.start.data).toEqual({ type: 'start', missed: true })
  stream.close()
  await forgetEvents(db, { events: 1 })
  expect((await db.execute(sql`select 1 from live_events`)).length).toBeLessThanOrEqual(2)
})

test('a stranger hears nothing', async () => {
  expect((await app.inject({ url: '/api/events' })).statusCode).toBe(401)
})
