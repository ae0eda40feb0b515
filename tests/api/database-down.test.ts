import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPostgres } from '@meanwhile/infra/postgres'
import { connect } from '@meanwhile/shared/db/client'
import { migrate } from '@meanwhile/shared/db/migrate'
import { createLog } from '@meanwhile/shared/platform/log'
import { diskStorage } from '@meanwhile/shared/platform/storage-disk'
import { afterAll, expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import { cutRecording } from '../support/cut.ts'

const log = createLog('silent', 'test')
const dataDir = await mkdtemp(join(tmpdir(), 'meanwhile-down-'))
await chmod(dataDir, 0o711)
let postgres = await startPostgres({ dataDir, log })
const { port, url } = postgres
await migrate(url)
const { db, sql } = connect(url)
afterAll(async () => {
  await sql.end({ timeout: 1 })
  await postgres.stop()
  await rm(dataDir, { recursive: true, force: true })
})

/** Ends PostgreSQL as `pg_ctl stop -m immediate` does. */
async function breakDown() {
  process.kill(postgres.pid, 'SIGQUIT')
  await postgres.ended
}

/** Runs once, when bytes are on their way to the storage: after the row was written, before it is committed. */
let beforeStoring = async () => {}
const { as, given, send, sendPart, finish } = await startApp({
  database: { url, db, sql },
  storage: async (dir) => {
    const disk = await diskStorage(join(dir, 'media'))
    const putFile: typeof disk.putFile = async (key, file) => {
      await beforeStoring()
      await disk.putFile(key, file)
    }
    return { ...disk, putFile }
  },
})

test('a database that stops in the middle of an upload costs nothing that was acknowledged, and what was not is sent again', async () => {
  const ada = await given.person('Ada')
  const cut = await cutRecording({ ms: 8000 })
  const { id, videoId: video } = await given.update(ada, { video: { tracks: ['main'] } })
  const videoId = `${video}`
  const { videoId: file } = await given.update(ada, { video: { tracks: ['main'] } })
  for (const number of [0, 1]) expect((await send(ada, videoId, 'main', number, cut)).statusCode).toBe(201)

  beforeStoring = async () => {
    beforeStoring = async () => {}
    await breakDown()
  }
  const away = { type: '/problems/unavailable', status: 503 }
  const cutOff = await send(ada, videoId, 'main', 2, cut)
  expect(cutOff.json()).toMatchObject(away)
  expect(cutOff.headers['retry-after']).toBe('5')
  const refused = [
    await send(ada, videoId, 'main', 3, cut),
    await sendPart(ada, `${file}`, 1, Buffer.from('part')),
    await finish(ada, videoId, { main: { segments: 4 } }),
    await as(ada).inject({ url: `/api/videos/${videoId}/upload` }),
    await as(ada).inject({ method: 'PUT', url: `/api/videos/${videoId}/upload`, payload: { tracks: {}, clockMs: 1 } }),
    await as(ada).inject({ method: 'POST', url: '/api/updates', payload: { id: crypto.randomUUID(), title: 'Later' } }),
    await as(ada).inject({ method: 'PATCH', url: `/api/videos/${videoId}`, payload: { cuts: [] } }),
  ]
  for (const answer of refused) expect(answer.json()).toMatchObject(away)

  postgres = await startPostgres({ dataDir, log, port })
  const upload = async () => (await as(ada).inject({ url: `/api/videos/${videoId}/upload` })).json()
  await expect.poll(upload, { timeout: 30_000 }).toMatchObject({ tracks: { main: { ranges: [[0, 1]] } } })
  for (const number of [2, 3, 4]) expect((await send(ada, videoId, 'main', number, cut)).statusCode).toBe(201)
  expect((await finish(ada, videoId, { main: { segments: 4 } })).json()).toMatchObject({ recordedMs: 8000 })
  expect((await as(ada).inject({ url: `/api/updates/${id}` })).json().publishedAt).toEqual(expect.any(String))
})

test('a commit whose answer got lost is acknowledged when it is sent again', async () => {
  const ada = await given.person('Bea')
  const cut = await cutRecording({ ms: 4000 })
  const { videoId } = await given.update(ada, { video: { tracks: ['main'] } })
  expect((await send(ada, `${videoId}`, 'main', 0, cut)).statusCode).toBe(201)
  await breakDown()
  postgres = await startPostgres({ dataDir, log, port })
  await expect.poll(async () => (await send(ada, `${videoId}`, 'main', 0, cut)).statusCode, { timeout: 30_000 }).toBe(200)
})
