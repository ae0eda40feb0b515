import { randomUUID } from 'node:crypto'
import { utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { keys } from '@meanwhile/shared/platform/keys'
import { createLog } from '@meanwhile/shared/platform/log'
import { sweepStorage } from '@meanwhile/worker/sweep/sweep'
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import { cutRecording } from '../support/cut.ts'

const { as, env, given, db, send, storage } = await startApp()
const log = createLog('silent', 'test')
const cut = await cutRecording()
const ada = await given.person('Ada')

/** An object that was stored some hours ago. */
async function put(key: string, hours = 25) {
  const file = join(storage.incomingDir, randomUUID())
  await writeFile(file, 'bytes')
  const at = new Date(Date.now() - hours * 3_600_000)
  await utimes(file, at, at)
  await storage.putFile(key, file)
}
const isThere = async (key: string) => (await storage.size(key)) !== null
const sweep = async () => {
  await sweepStorage({ db, storage, log }, true)
  return (await as(ada).inject({ url: '/api/sweeps' })).json()[0]
}
/** Its rows and its objects are older than a day, and all its stages are over. */
async function aged(videoId: string) {
  await db.execute(sql`delete from stages where video_id = ${videoId}`)
  await db.execute(sql`update segments set created_at = now() - interval '2 days' where video_id = ${videoId}`)
  for await (const key of storage.list(keys.video(videoId))) {
    const at = new Date(Date.now() - 48 * 3_600_000)
    await utimes(join(env.MEDIA_DIR, 'objects', key), at, at)
  }
}

test('old objects that nothing names are deleted; what is young, recorded, worked on or named stays', async () => {
  const whole = await given.recording(ada, cut, 'Whole')
  await aged(whole.videoId)
  const worked = await given.recording(ada, cut, 'Worked on')
  const draft = await given.update(ada, { title: 'Recorded', video: { tracks: ['main'] } })
  await send(ada, `${draft.videoId}`, 'main', 0, cut)
  const gone = randomUUID()
  const orphans = [
    keys.segment(gone, 'main', 1),
    keys.asset(whole.videoId, randomUUID(), '720p.mp4'),
    keys.segment(whole.videoId, 'camera', 7),
    keys.transferPart(randomUUID(), randomUUID(), 1),
    keys.picture(ada.id, randomUUID()),
  ]
  const left = [
    keys.segment(`${draft.videoId}`, 'main', 5),
    keys.asset(worked.videoId, randomUUID(), '720p.mp4'),
    'videos/readme.txt',
  ]
  for (const key of [...orphans, ...left]) await put(key)
  const picture = keys.picture(ada.id, randomUUID())
  await put(picture)
  await db.execute(sql`update users set picture_key = ${picture} where id = ${ada.id}`)
  const young = keys.segment(gone, 'main', 2)
  await put(young, 23)
  const report = await sweep()
  for (const key of orphans) expect(await isThere(key), key).toBe(false)
  for (const key of [...left, young, picture, keys.segment(whole.videoId, 'main', 0)]) expect(await isThere(key), key).toBe(true)
  expect(report).toMatchObject({ deletedObjects: 5, deletedBytes: 25, leftObjects: 3, missingObjects: 0, missingHere: 0 })
  expect(report.finishedAt).not.toBeNull()
})

test('an object that a row names and that is not there is told to admins, and once it is back no more', async () => {
  const { videoId } = await given.recording(ada, cut, 'Damaged')
  await aged(videoId)
  const key = keys.segment(videoId, 'main', 1)
  await storage.delete(key)
  expect(await sweep()).toMatchObject({ missingObjects: 1, missingHere: 1 })
  const elsewhere = await given.stranger('Mallory')
  expect((await as(elsewhere).inject({ url: '/api/sweeps' })).json()[0]).toMatchObject({ missingObjects: 1, missingHere: 0 })
  await put(key)
  expect(await sweep()).toMatchObject({ missingObjects: 0, missingHere: 0 })
})

test('members do not see what was found', async () => {
  expect((await as(await given.person('Ben')).inject({ url: '/api/sweeps' })).statusCode).toBe(403)
})
