import { Readable } from 'node:stream'
import { createLog } from '@meanwhile/shared/platform/log'
import { exportWorkspace } from '@meanwhile/worker/export/export-workspace'
import { storeParts } from '@meanwhile/worker/export/part-files'
import { forgetTransfers } from '@meanwhile/worker/transfers/forget-transfers'
import { runTransfers } from '@meanwhile/worker/transfers/run-transfers'
import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import { cutRecording } from '../support/cut.ts'
import type { Person } from '../support/given.ts'
import { sha256Of, unzip } from '../support/zip.ts'

const started = await startApp()
const { app, as, given, db, storage } = started
const olga = await given.person('Olga')
const ben = await given.person('Ben')
const cut = await cutRecording({ ms: 4000 })
const log = createLog(process.env.TEST_LOG ?? 'silent', 'test')

const post = (person: Person, url: string, payload: object = {}) => as(person).inject({ method: 'POST', url, payload })
const work = () => runTransfers({ db, storage, log, makers: { export: exportWorkspace } }, new AbortController().signal)
const listed = async (person: Person) => (await as(person).inject({ url: '/api/transfers' })).json()
const remove = (person: Person, id: string) => as(person).inject({ method: 'DELETE', url: `/api/transfers/${id}` })
async function exported(person: Person) {
  const { id } = (await post(person, '/api/exports')).json()
  await work()
  const transfer = (await listed(person)).find((each: { id: string }) => each.id === id)
  const download = await app.inject({ url: transfer.url })
  return { transfer, download, files: await unzip(download.rawPayload) }
}
const json = (files: Map<string, Buffer>, path: string) => JSON.parse(`${files.get(path)}`)

const title = '</script><img src=x onerror=alert(1)> "Plan" &\u2028 more'
const update = await given.recording(olga, cut, title)
const { id: secretId } = (await post(ben, '/api/channels', { name: 'Zebra', isPrivate: true })).json()
const { id: hersId } = (await post(olga, '/api/channels', { name: 'Hers', isPrivate: true })).json()
await given.update(ben, { title: 'Zebra pays', channelId: secretId })
await given.update(olga, { title: 'In her channel', channelId: hersId })
await given.update(ben, { title: 'A draft', video: { tracks: ['main'] } })
const said = (await post(ben, `/api/updates/${update.id}/comments`, { text: 'Frist', atMs: 1500, mentions: [olga.id] })).json()
await as(ben).inject({ method: 'PATCH', url: `/api/comments/${said.id}`, payload: { text: 'First' } })
await post(olga, `/api/updates/${update.id}/comments`, { text: 'Thanks', parentId: said.id })
await as(olga).inject({ method: 'PUT', url: `/api/comments/${said.id}/reactions/${encodeURIComponent('👍')}` })
await as(olga).inject({
  method: 'PUT',
  url: `/api/videos/${update.videoId}/captions/en`,
  headers: { 'content-type': 'text/vtt' },
  payload: 'WEBVTT\n\n00:01.000 --> 00:02.000\nHello &amp; all',
})

test('an export holds what the owner sees, each file with its checksum, and the recording as it arrived', async () => {
  const { transfer, download, files } = await exported(olga)
  expect(transfer).toMatchObject({
    ...{ kind: 'export', state: 'done', progress: 1, error: null, sizeBytes: download.rawPayload.length },
    report: { people: 2, channels: 1, updates: 2, comments: 2, videos: 1, notes: [] },
  })
  expect(download.headers).toMatchObject({ 'content-type': 'application/zip', 'accept-ranges': 'bytes' })
  expect(download.headers['content-disposition']).toMatch(/^attachment; filename="Olga's workspace \d{4}-\d\d-\d\d\.zip"/)
  expect(Date.parse(transfer.expiresAt) - Date.parse(transfer.finishedAt)).toBe(7 * 86_400_000)

  const manifest = json(files, 'manifest.json')
  expect(manifest).toMatchObject({ format: 'meanwhile-export', version: 1, workspace: "Olga's workspace" })
  for (const { path, sizeBytes, sha256 } of manifest.files)
    expect([files.get(path)?.length, sha256Of(files.get(path) as Buffer)], path).toEqual([sizeBytes, sha256])
  expect([...files.keys()].sort()).toEqual(['manifest.json', ...manifest.files.map(({ path }: { path: string }) => path)].sort())

  expect(json(files, 'data/people.json').map(({ name, email, role }: Record<string, string>) => [name, email, role])).toEqual(
    expect.arrayContaining([
      ['Olga', olga.email, 'owner'],
      ['Ben', ben.email, 'member'],
    ]),
  )
  expect(json(files, 'data/updates.json')).toMatchObject([{ title }, { title: 'In her channel' }])
  expect(json(files, 'data/comments.json')).toMatchObject([
    { text: 'First', atMs: 1500, history: [{ text: 'Frist' }], mentionIds: [olga.id] },
    { text: 'Thanks', parentId: said.id },
  ])
  expect(json(files, 'data/reactions.json')).toMatchObject([{ emoji: '👍', commentId: said.id, userId: olga.id }])
  const [video] = json(files, 'data/videos.json')
  expect(`${files.get(video.captions[0].path)}`).toContain('Hello &amp; all')
  // Nothing was processed yet: the init segment and all that it describes, as one file that plays.
  const segments = await Promise.all(cut.numbers.map((number) => cut.bytes(number)))
  expect(video).toMatchObject({ original: null, recorded: [{ track: 'main' }] })
  expect(files.get(video.recorded[0].path)?.equals(Buffer.concat(segments))).toBe(true)
  const everything = [...files.values()].map(String).join('\n')
  expect(everything).not.toMatch(/Zebra|A draft/)
  expect([...files.keys()].filter((path) => /^\/|\.\./.test(path))).toEqual([])
})

test('a download goes on where it was cut off, and its signed address is good for that file alone', async () => {
  const { transfer, download } = await exported(olga)
  const whole = download.rawPayload
  const range = (value: string) => app.inject({ url: transfer.url, headers: { range: value } })
  const middle = await range('bytes=100-299')
  expect([middle.statusCode, middle.headers['content-range']]).toEqual([206, `bytes 100-299/${whole.length}`])
  expect(middle.rawPayload.equals(whole.subarray(100, 300))).toBe(true)
  expect((await range(`bytes=${whole.length}-`)).statusCode).toBe(416)
  const head = await app.inject({ method: 'HEAD', url: transfer.url })
  expect([head.statusCode, head.headers['content-length'], head.body]).toEqual([200, String(whole.length), ''])
  const other = crypto.randomUUID()
  expect((await app.inject({ url: transfer.url.replace(transfer.id, other) })).statusCode).toBe(403)
  expect((await app.inject({ url: transfer.url.replace('/media/', '/media/x') })).statusCode).toBe(403)
})

test('there is one at a time; it can be stopped, and its file deleted before its time', async () => {
  const { id } = (await post(olga, '/api/exports')).json()
  expect((await post(olga, '/api/exports')).json()).toMatchObject({ status: 409, type: '/problems/transfer-unfinished' })
  expect((await remove(olga, id)).statusCode).toBe(204)
  expect((await listed(olga)).some((each: { id: string }) => each.id === id)).toBe(false)
  await work()
  const { transfer } = await exported(olga)
  expect((await remove(olga, transfer.id)).statusCode).toBe(204)
  expect((await app.inject({ url: transfer.url })).statusCode).toBe(404)
  expect((await remove(olga, transfer.id)).statusCode).toBe(404)
  await forgetTransfers(db, storage)
  const left: string[] = []
  for await (const key of storage.list(`transfers/${transfer.id}/`)) left.push(key)
  expect(left).toEqual([])
  const audit = (await as(olga).inject({ url: '/api/audit-events?limit=100' })).json().items
  const actions = audit.map(({ action }: { action: string }) => action)
  for (const act of ['requested', 'downloaded', 'stopped', 'removed']) expect(actions).toContain(`workspace.export-${act}`)
})

test('a worker that died leaves it to the next one, and one that stops gives it back', async () => {
  const { id } = (await post(olga, '/api/exports')).json()
  const stopped = new AbortController()
  const makers = {
    export: async () => {
      stopped.abort(new Error('stop'))
      throw stopped.signal.reason
    },
  }
  await runTransfers({ db, storage, log, makers }, stopped.signal)
  const state = async () => (await listed(olga)).find((each: { id: string }) => each.id === id)
  expect(await state()).toMatchObject({ state: 'waiting', error: null })
  await db.execute(
    `update transfers set state = 'running', lease_id = gen_random_uuid(), lease_until = now() - interval '1 second', attempts = 1 where id = '${id}'`,
  )
  await work()
  expect(await state()).toMatchObject({ state: 'done' })
})

test('what was made for an owner is theirs while they are the owner, and nobody else gets it', async () => {
  const { transfer } = await exported(olga)
  const { id } = (await post(olga, '/api/exports')).json()
  await post(olga, '/api/workspace/transfer', { userId: ben.id, password: started.password })
  expect((await app.inject({ url: transfer.url })).statusCode).toBe(404)
  expect((await as(olga).inject({ url: '/api/transfers' })).statusCode).toBe(403)
  expect(await listed(ben)).toEqual([])
  expect((await remove(ben, transfer.id)).statusCode).toBe(404)
  await work()
  const [row] = await db.execute<{ state: string; error: string }>(`select state, error from transfers where id = '${id}'`)
  expect(row).toEqual({ state: 'failed', error: 'Who asked for it is not the owner of the workspace any more.' })
  const { files } = await exported(ben)
  expect(json(files, 'data/channels.json')).toMatchObject([{ name: 'Zebra', memberIds: [ben.id] }])
  expect([...files.values()].map(String).join()).not.toContain('In her channel')
})

test('a file is stored in parts of the size that is asked for, whatever comes at once', async () => {
  const bytes = Buffer.from(Array.from({ length: 2500 }, (_, index) => index % 251))
  const key = (number: number) => `transfers/t/a/${number}.part`
  const parts = await storeParts(
    storage,
    Readable.from([bytes.subarray(0, 5), bytes.subarray(5)]),
    key,
    new AbortController().signal,
    1000,
  )
  expect(parts.map(({ sizeBytes }) => sizeBytes)).toEqual([1000, 1000, 500])
  expect(parts[1]?.sha256).toBe(sha256Of(bytes.subarray(1000, 2000)))
})
