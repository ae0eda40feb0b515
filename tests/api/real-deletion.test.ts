import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { keys } from '@meanwhile/shared/platform/keys'
import { createLog } from '@meanwhile/shared/platform/log'
import type { Storage } from '@meanwhile/shared/platform/storage'
import { diskStorage } from '@meanwhile/shared/platform/storage-disk'
import { s3Storage } from '@meanwhile/shared/platform/storage-s3'
import { buryRemains, purge, purgeTrash } from '@meanwhile/worker/schedules/purge'
import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import { cutRecording } from '../support/cut.ts'
import { startS3 } from '../support/s3.ts'

const log = createLog('silent', 'test')
const cut = await cutRecording()
const { bucket } = await startS3()
const drivers: [string, (dir: string) => Promise<Storage>][] = [
  ['a folder', (dir) => diskStorage(join(dir, 'media'))],
  ['a bucket', async () => s3Storage(await bucket())],
]

describe.each(drivers)('with %s', async (_name, openStorage) => {
  const { as, given, db, storage } = await startApp({ storage: openStorage })
  const ada = await given.person('Ada')
  const ben = await given.person('Ben')

  const stored = async () => {
    const found: string[] = []
    for await (const key of storage.list('videos/')) found.push(key)
    return found
  }
  const put = async (key: string) => {
    const file = join(storage.incomingDir, crypto.randomUUID())
    await writeFile(file, 'x')
    await storage.putFile(key, file)
  }
  /** A recording with captions, a rendition, and an answer by video; what is left of it when it is gone for good. */
  async function trashed(title: string) {
    const { id, videoId } = await given.recording(ada, cut, title)
    const put1 = keys.asset(videoId, crypto.randomUUID(), '720p.mp4')
    await put(put1)
    await as(ada).inject({
      method: 'PUT',
      url: `/api/videos/${videoId}/captions/en`,
      headers: { 'content-type': 'text/vtt' },
      payload: 'WEBVTT\n\n00:01.000 --> 00:02.000\nHi',
    })
    const answer = await as(ben).inject({
      method: 'POST',
      url: `/api/updates/${id}/comments`,
      payload: { text: '', video: { tracks: ['main'] } },
    })
    await put(keys.segment(answer.json().videoId, 'main', 0))
    await put(keys.filePart(videoId, 1))
    await as(ada).inject({ method: 'DELETE', url: `/api/updates/${id}` })
    return id
  }
  const pass = (id: string, days: number) =>
    db.execute(sql`update updates set trashed_at = trashed_at - make_interval(days => ${days}) where id = ${id}`)
  const remains = async () => (await db.execute(sql`select * from video_remains`)).length

  test('after its days in the trash an update, its media and the answers by video to it are gone, and nothing else', async () => {
    const kept = await given.recording(ada, cut, 'Kept')
    const before = await stored()
    const id = await trashed('Old')
    expect((await stored()).length).toBeGreaterThan(before.length + 4)
    await pass(id, 29)
    await purge({ db, storage, log }, 30)
    expect((await stored()).length).toBeGreaterThan(before.length + 4)
    await pass(id, 1)
    await purge({ db, storage, log }, 30)
    expect((await stored()).sort()).toEqual(before.sort())
    expect((await as(ada).inject({ url: `/api/videos/${kept.videoId}` })).statusCode).toBe(200)
    const { items } = (await as(ada).inject({ url: '/api/audit-events' })).json()
    expect(items).toContainEqual(expect.objectContaining({ action: 'update.purged', actor: null }))
  })

  test('a worker that ends between rows and objects is followed by one that deletes the rest', async () => {
    const before = await stored()
    await pass(await trashed('Interrupted'), 31)
    expect(await purgeTrash(db, 30)).toBe(1)
    expect((await stored()).length).toBeGreaterThan(before.length)
    // Its storage goes away in the middle of a round.
    const broken: Storage = { ...storage, deleteAll: () => Promise.reject(new Error('gone')) }
    expect(await buryRemains({ db, storage: broken, log })).toBe(0)
    expect((await stored()).length).toBeGreaterThan(before.length)
    await purge({ db, storage, log }, 30)
    expect((await stored()).sort()).toEqual(before.sort())
    await purge({ db, storage, log }, 30)
  })

  test('what arrives behind the rows is deleted a while later, and then nothing is remembered', async () => {
    const before = await stored()
    await pass(await trashed('Late'), 31)
    await purge({ db, storage, log }, 30)
    const [first] = await db.execute<{ video_id: string }>(
      sql`select video_id from video_remains order by created_at desc limit 1`,
    )
    await put(keys.segment(`${first?.video_id}`, 'main', 9))
    await purge({ db, storage, log }, 30)
    expect((await stored()).length).toBe(before.length + 1)
    await db.execute(sql`update video_remains set emptied_at = emptied_at - interval '11 minutes'`)
    await purge({ db, storage, log }, 30)
    expect((await stored()).sort()).toEqual(before.sort())
    expect(await remains()).toBe(0)
  })
})
