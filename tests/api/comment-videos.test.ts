import { keys } from '@meanwhile/shared/platform/keys'
import { recover } from '@meanwhile/worker/schedules/recover'
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import { cutRecording } from '../support/cut.ts'

const { app, as, given, send, finish, db, storage } = await startApp()
const cut = await cutRecording()
const ada = await given.person('Ada')
const ben = await given.person('Ben')
const cleo = await given.person('Cleo')
type Someone = typeof ada

const list = async (person: Someone, updateId: string) =>
  (await as(person).inject({ url: `/api/updates/${updateId}/comments` })).json().items
const video = async (person: Someone, videoId: string) => (await as(person).inject({ url: `/api/videos/${videoId}` })).statusCode

/** A comment of Ben's on an update of Ada's, whose video is being recorded. */
async function answering(payload: object = {}) {
  const { id } = await given.recording(ada, cut)
  const url = `/api/updates/${id}/comments`
  const draft = { text: '', atMs: 1_000, video: { tracks: ['main'] }, ...payload }
  const comment = (await as(ben).inject({ method: 'POST', url, payload: draft })).json()
  return { id, comment, videoId: comment.videoId as string }
}
async function upload(videoId: string) {
  for (const number of cut.numbers) await send(ben, videoId, 'main', number, cut)
  return finish(ben, videoId, { main: { segments: cut.numbers.length - 1 } })
}

test('an answer by video is there for others once it is recorded, and they watch it as any video', async () => {
  const { id, comment, videoId } = await answering()
  expect(comment).toMatchObject({ publishedAt: null, video: { id: videoId, state: 'recording' } })
  expect(await list(ben, id)).toHaveLength(1)
  expect(await list(ada, id)).toEqual([])
  expect((await as(ada).inject({ url: `/api/comments/${comment.id}` })).statusCode).toBe(404)
  expect((await as(ada).inject({ url: `/api/updates/${id}` })).json().commentCount).toBe(0)
  expect([await video(ben, videoId), await video(ada, videoId)]).toEqual([200, 404])
  expect((await send(ada, videoId, 'main', 0, cut)).statusCode).toBe(404)

  expect((await upload(videoId)).statusCode).toBe(200)
  expect(await list(ada, id)).toMatchObject([
    { publishedAt: expect.any(String), video: { state: 'processing', durationMs: 5_000 } },
  ])
  const watched = (await as(cleo).inject({ url: `/api/videos/${videoId}` })).json()
  expect(watched).toMatchObject({ updateId: id, commentId: comment.id })
  expect((await app.inject({ url: watched.playback.hls })).statusCode).toBe(200)
})

test('the update keeps a video of its own beside those of its comments', async () => {
  const { id, videoId } = await answering()
  await upload(videoId)
  const update = (await as(cleo).inject({ url: `/api/updates/${id}` })).json()
  expect(update.videoId).not.toBe(videoId)
  expect(
    (await as(cleo).inject({ url: '/api/updates?limit=100' })).json().items.filter((each: { id: string }) => each.id === id),
  ).toHaveLength(1)
  const late = await as(cleo).inject({ method: 'POST', url: `/api/updates/${id}/comments`, payload: { text: 'x', atMs: 4_900 } })
  expect(late.statusCode).toBe(201)
})

test('who recorded it cuts it; the author of the update does not', async () => {
  const { videoId } = await answering()
  await upload(videoId)
  const cutIt = (person: Someone) =>
    as(person).inject({ method: 'PATCH', url: `/api/videos/${videoId}`, payload: { cuts: [[0, 1_000]] } })
  expect((await cutIt(ada)).statusCode).toBe(403)
  expect((await cutIt(ben)).json().durationMs).toBe(4_000)
})

test('a hidden answer is not watched, but by those who may bring it back', async () => {
  const { comment, videoId } = await answering()
  await upload(videoId)
  await as(ada).inject({ method: 'PUT', url: `/api/comments/${comment.id}/hidden` })
  expect([await video(ada, videoId), await video(ben, videoId), await video(cleo, videoId)]).toEqual([200, 200, 404])
})

test('with the comment its video goes, rows and files, whether it has replies or not, recorded to the end or not', async () => {
  for (const isFinished of [true, false]) {
    const { id, comment, videoId } = await answering({ text: 'see' })
    await send(ben, videoId, 'main', 0, cut)
    if (isFinished) {
      await upload(videoId)
      await as(ada).inject({
        method: 'POST',
        url: `/api/updates/${id}/comments`,
        payload: { text: 'Thanks', parentId: comment.id },
      })
    }
    const objects = async () => {
      const found: string[] = []
      for await (const key of storage.list(keys.video(videoId))) found.push(key)
      return found
    }
    expect(await objects()).not.toEqual([])
    expect((await as(ben).inject({ method: 'DELETE', url: `/api/comments/${comment.id}` })).statusCode).toBe(204)
    expect(await video(ben, videoId)).toBe(404)
    expect((await db.execute(sql`select 1 from videos where id = ${videoId}`)).length).toBe(0)
    await expect.poll(objects).toEqual([])
    expect((await list(ada, id)).map(({ deleted, video }: { deleted: boolean; video: unknown }) => [deleted, video])).toEqual(
      isFinished
        ? [
            [true, null],
            [false, null],
          ]
        : [],
    )
  }
})

test('a decision that was never sent can be thrown away; once it is, it cannot', async () => {
  const { comment, videoId } = await answering({ type: 'decision' })
  expect(comment.can).toMatchObject({ delete: true })
  await upload(videoId)
  const refused = await as(ben).inject({ method: 'DELETE', url: `/api/comments/${comment.id}` })
  expect(refused.json()).toMatchObject({ status: 409, type: '/problems/decision-final' })
})

test('an answer whose recorder did not come back is finished with what arrived, and published', async () => {
  const { id, videoId } = await answering()
  for (const number of [0, 1]) await send(ben, videoId, 'main', number, cut)
  await db.execute(sql`update segments set created_at = now() - interval '1 hour' where video_id = ${videoId}`)
  await db.execute(sql`update videos set created_at = now() - interval '1 hour', reported_at = null where id = ${videoId}`)
  await recover(db, videoId, 30)
  expect(await list(ada, id)).toMatchObject([{ video: { id: videoId, durationMs: 2_000 } }])
})

test('the same answer sent again is one comment with one video', async () => {
  const { id } = await given.recording(ada, cut)
  const payload = { id: crypto.randomUUID(), text: '', video: { tracks: ['main'] } }
  const both = await Promise.all(
    [1, 2].map(() => as(ben).inject({ method: 'POST', url: `/api/updates/${id}/comments`, payload })),
  )
  expect(new Set(both.map((answer) => answer.json().videoId)).size).toBe(1)
})
