import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeBackup } from '@meanwhile/infra/backup'
import { takeLock } from '@meanwhile/infra/lock'
import { startPostgres } from '@meanwhile/infra/postgres'
import { readBackup } from '@meanwhile/infra/restore'
import { connect } from '@meanwhile/shared/db/client'
import { rememberErasure } from '@meanwhile/shared/platform/erasure-ledger'
import { createLog } from '@meanwhile/shared/platform/log'
import { s3Storage } from '@meanwhile/shared/platform/storage-s3'
import { eraseAccounts } from '@meanwhile/worker/schedules/erase'
import { afterAll, expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import { cutRecording } from '../support/cut.ts'
import { startS3 } from '../support/s3.ts'
import { sha256Of, unzip } from '../support/zip.ts'

const { app, as, given, env, db } = await startApp()
const dir = await mkdtemp(join(tmpdir(), 'meanwhile-backup-'))
// As root, PostgreSQL's user has to pass through it.
await chmod(dir, 0o711)
afterAll(() => rm(dir, { recursive: true, force: true }))
const cut = await cutRecording({ ms: 4000 })
const olga = await given.person('Olga')
const ben = await given.person('Ben')
const zoe = await given.person('Zoe')
const { id, videoId } = await given.recording(olga, cut, 'Tab\there, "quotes", \\backslash and 💡')
const said = await as(ben).inject({
  method: 'POST',
  url: `/api/updates/${id}/comments`,
  payload: { text: 'Two\nlines', atMs: 1500 },
})
await as(ben).inject({ method: 'PATCH', url: `/api/comments/${said.json().id}`, payload: { text: 'Changed' } })
await as(olga).inject({
  method: 'PUT',
  url: `/api/videos/${videoId}/captions/en`,
  headers: { 'content-type': 'text/vtt' },
  payload: 'WEBVTT\n\n00:01.000 --> 00:02.000\nHello',
})
await writeFile(join(env.DATA_DIR, 'secrets.json'), '{"AUTH_SECRET":"kept"}')
const variables = { DATABASE_URL: env.DATABASE_URL, DATA_DIR: env.DATA_DIR }

/** What people see of it, and the bytes that play. */
async function seen({ app: site, as: by }: Pick<Awaited<ReturnType<typeof startApp>>, 'app' | 'as'>) {
  const read = async (url: string) => (await by(olga).inject({ url })).json()
  const video = await read(`/api/videos/${videoId}`)
  const folder = video.playback.hls.replace(/master\.m3u8$/, 'main/')
  const playlist = (await site.inject({ url: `${folder}playlist.m3u8` })).body
  const names = [...playlist.matchAll(/(\d{6}\.m4s)/g)].map(([name]) => name)
  const media = await Promise.all(names.map(async (name) => sha256Of((await site.inject({ url: folder + name })).rawPayload)))
  const { title, author, publishedAt } = await read(`/api/updates/${id}`)
  const comments = (await read(`/api/updates/${id}/comments`)).items.map((each: Record<string, unknown>) => [
    each.text,
    each.atMs,
  ])
  const history = await read(`/api/comments/${said.json().id}/history`)
  const { cues } = await read(`/api/videos/${videoId}/captions/en`)
  const audit = (await read('/api/audit-events')).items.length
  return { title, author, publishedAt, comments, history, cues, audit, media, playlist }
}
const before = await seen({ app, as })
const { file } = await writeBackup(dir, variables)

test('a backup is one file for this user alone, and says what is in it', async () => {
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  const files = await unzip(await readFile(file))
  const manifest = JSON.parse(`${files.get('manifest.json')}`)
  for (const { path, sha256 } of manifest.files) expect(sha256Of(files.get(path) as Buffer), path).toBe(sha256)
  expect(`${files.get('secrets.json')}`).toContain('kept')
  expect(before.media.length).toBeGreaterThan(2)
  await expect(writeBackup(file, variables)).rejects.toThrow('is there already')
  expect((await readdir(dir)).filter((name) => name.endsWith('.partial'))).toEqual([])
})

test('what is there is not overwritten unasked, and a damaged or newer backup changes nothing', async () => {
  await expect(readBackup(file, { isForced: false, variables })).rejects.toThrow('is not empty')
  const bytes = await readFile(file)
  const damaged = join(dir, 'damaged.zip')
  const at = bytes.indexOf(await cut.bytes(1)) + 100
  await writeFile(damaged, Buffer.concat([bytes.subarray(0, at), Buffer.from([255 - (bytes[at] ?? 0)]), bytes.subarray(at + 1)]))
  await expect(readBackup(damaged, { isForced: true, variables })).rejects.toThrow('is damaged')
  await writeFile(damaged, bytes.subarray(0, bytes.length - 1000))
  await expect(readBackup(damaged, { isForced: true, variables })).rejects.toThrow('not a backup')
  await db.execute(`insert into drizzle.__drizzle_migrations (hash, created_at) values ('future', 9999999999999)`)
  const newer = await writeBackup(join(dir, 'newer.zip'), variables)
  await db.execute(`delete from drizzle.__drizzle_migrations where hash = 'future'`)
  await expect(readBackup(newer.file, { isForced: true, variables })).rejects.toThrow('newer version')
  expect(await seen({ app, as })).toEqual(before)
})

test('after everything was lost it is as it was: what was said, what was recorded, who is signed in', {
  timeout: 120_000,
}, async () => {
  await rm(env.DATA_DIR, { recursive: true })
  await db.execute('drop schema public cascade; drop schema drizzle cascade; create schema public')
  await readBackup(file, { isForced: false, variables })
  const database = { url: env.DATABASE_URL, ...connect(env.DATABASE_URL) }
  const restored = await startApp({ database, env: { DATA_DIR: env.DATA_DIR } })
  const after = await seen({ app: restored.app, as: restored.as })
  expect({ ...after, playlist: '' }).toEqual({ ...before, playlist: '' })
  expect(await readFile(join(env.DATA_DIR, 'secrets.json'), 'utf8')).toContain('kept')
  // References, triggers and numbers are there again.
  const comment = { method: 'POST', url: `/api/updates/${id}/comments`, payload: { text: 'Goes on', atMs: 0 } } as const
  expect((await restored.as(ben).inject(comment)).statusCode).toBe(201)
  await expect(database.db.execute(`delete from audit_events`)).rejects.toThrow()
  await expect(database.db.execute(`insert into mentions values (gen_random_uuid(), gen_random_uuid())`)).rejects.toThrow()
  await database.sql.end({ timeout: 1 })
})

test('a backup goes from a database and a folder into an embedded one and a bucket, and comes out the same', {
  timeout: 120_000,
}, async () => {
  const s3 = await (await startS3()).bucket()
  const elsewhere = {
    DATA_DIR: join(dir, 'elsewhere'),
    S3_BUCKET: s3.bucket,
    S3_ENDPOINT: s3.endpoint,
    S3_ACCESS_KEY_ID: s3.accessKeyId,
    S3_SECRET_ACCESS_KEY: s3.secretAccessKey,
  }
  await readBackup(file, { isForced: false, variables: elsewhere })
  await expect(readBackup(file, { isForced: false, variables: elsewhere })).rejects.toThrow('not empty')
  const storage = await s3Storage(s3)
  expect(await storage.size(`videos/${videoId}/main/000001.m4s`)).toBe((await cut.bytes(1)).length)
  const again = await writeBackup(join(dir, 'again.zip'), elsewhere)
  const listOf = async (path: string) => {
    const { files } = JSON.parse(`${(await unzip(await readFile(path))).get('manifest.json')}`)
    return files.map(({ path: name, sha256 }: { path: string; sha256: string }) => `${name} ${sha256}`).sort()
  }
  expect(await listOf(again.file)).toEqual(await listOf(file))

  // The same while Meanwhile runs on it, which keeps a backup from being restored over it.
  const running = await startPostgres({ dataDir: elsewhere.DATA_DIR, log: createLog('silent', 'test') })
  const unlock = await takeLock(join(elsewhere.DATA_DIR, 'meanwhile.lock'))
  const beside = await writeBackup(join(dir, 'beside.zip'), elsewhere)
  await expect(readBackup(file, { isForced: true, variables: elsewhere })).rejects.toThrow('stop it first')
  await unlock()
  await running.stop()
  expect(await listOf(beside.file)).toEqual(await listOf(file))
})

test('who was erased since a backup was made stays erased when it is restored', { timeout: 120_000 }, async () => {
  const log = createLog('silent', 'test')
  const database = () => ({ url: env.DATABASE_URL, ...connect(env.DATABASE_URL) })
  const first = database()
  const running = await startApp({ database: first, env: { DATA_DIR: env.DATA_DIR, MEDIA_DIR: env.MEDIA_DIR } })
  const payload = { password: running.password, confirmation: 'delete' }
  const erased = await running.as(ben).inject({ method: 'POST', url: '/api/me/erasure', payload })
  expect(erased.statusCode).toBe(204)
  await eraseAccounts({ db: first.db, storage: running.storage, log })
  // Another was the owner when the backup was made, and went since.
  await rememberErasure(running.storage, olga.id, new Date())
  for await (const key of running.storage.list('erasures/')) {
    const chunks = []
    for await (const chunk of await running.storage.read(key)) chunks.push(chunk)
    expect(`${key} ${Buffer.concat(chunks)}`).not.toMatch(/Ben|Olga|example/)
  }
  await first.sql.end({ timeout: 1 })

  expect(await readBackup(file, { isForced: true, variables })).toMatchObject({ erased: 2 })
  const second = database()
  const rows = async (query: string) => (await second.sql.unsafe(query)).map((row) => ({ ...row }))
  expect(
    await rows(`select name from users where name in ('Ben', 'Olga') or email in ('${ben.email}', '${olga.email}')`),
  ).toEqual([])
  expect(await rows(`select user_id, role from members where role = 'owner'`)).toEqual([{ user_id: zoe.id, role: 'owner' }])
  expect(await rows(`select 1 from sessions where user_id in ('${ben.id}', '${olga.id}')`)).toEqual([])
  await eraseAccounts({ db: second.db, storage: running.storage, log })
  expect(await rows(`select 1 from users where id in ('${ben.id}', '${olga.id}')`)).toEqual([])
  expect(await rows(`select 1 from updates where id = '${id}'`)).toEqual([])
  await second.sql.end({ timeout: 1 })
  // Once more: they do not come back from the list, which nothing takes them out of.
  expect(await readBackup(file, { isForced: true, variables })).toMatchObject({ erased: 2 })
})
