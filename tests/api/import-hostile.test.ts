import { createHash } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { forgetTransfers } from '@meanwhile/worker/transfers/forget-transfers'
import { expect, test } from 'vitest'
import yazl from 'yazl'
import { startApp } from '../support/app.ts'
import { cutRecording } from '../support/cut.ts'
import { transfersOn } from '../support/take-in.ts'
import { sha256Of, unzip } from '../support/zip.ts'

const started = await startApp()
const { app, as, given, db, storage } = started
const { imported, uploaded, exported, post, transferOf, sendPart, work, processed } = transfersOn(started)
const olga = await given.person('Olga')
const ben = await given.person('Ben')
const cut = await cutRecording({ ms: 3000 })

/** A ZIP of these files; `mode` of the last one. */
async function zipOf(files: Iterable<[string, Buffer]>, { mode = 0o100644, compress = false } = {}): Promise<Buffer> {
  const zip = new yazl.ZipFile()
  const all = [...files]
  for (const [index, [path, bytes]] of all.entries())
    zip.addBuffer(bytes, path, { compress, ...(index === all.length - 1 ? { mode } : {}) })
  zip.end()
  return buffer(zip.outputStream)
}
const json = (value: unknown) => Buffer.from(JSON.stringify(value))

/** An export of somebody else, whose people and updates nobody here knows. */
const olgasUpdate = await given.recording(olga, cut, 'First')
await processed(olgasUpdate.videoId)
const secondUpdate = await given.recording(olga, cut, 'Second')
await post(olga, `/api/updates/${olgasUpdate.id}/comments`, { text: 'Look', atMs: 1000 })
const original = await unzip(await exported(olga))
const elsewhere = await given.stranger('Paul')

/** The export with some files changed, and a manifest that says so. */
function changed(changes: Record<string, (bytes: Buffer) => Buffer | null>, { tell = true } = {}): Map<string, Buffer> {
  const files = new Map(original)
  const manifest = JSON.parse(`${files.get('manifest.json')}`)
  for (const [path, change] of Object.entries(changes)) {
    const bytes = change(files.get(path) as Buffer)
    if (bytes) files.set(path, bytes)
    else files.delete(path)
    const told = manifest.files.find((each: { path: string }) => each.path === path)
    if (tell && bytes && told) Object.assign(told, { sizeBytes: bytes.length, sha256: sha256Of(bytes) })
  }
  if (!('manifest.json' in changes)) files.set('manifest.json', json(manifest))
  return files
}
const withManifest = (change: (manifest: Record<string, unknown>) => unknown) =>
  changed({ 'manifest.json': (bytes) => json(change(JSON.parse(`${bytes}`))) })

/** Writes another name of the same length over one, in the file and in the directory, as no library would. */
function renamed(zip: Buffer, from: string, to: string): Buffer {
  const bytes = Buffer.from(zip)
  for (let at = bytes.indexOf(from); at !== -1; at = bytes.indexOf(from, at + 1)) bytes.write(to, at)
  return bytes
}

/** The end of a ZIP64 that says it has a million files. */
function millionFiles(): Buffer {
  const end64 = Buffer.alloc(56)
  end64.writeUInt32LE(0x06064b50, 0)
  end64.writeBigUInt64LE(44n, 4)
  end64.writeBigUInt64LE(1_000_000n, 24)
  end64.writeBigUInt64LE(1_000_000n, 32)
  const locator = Buffer.alloc(20)
  locator.writeUInt32LE(0x07064b50, 0)
  locator.writeUInt32LE(1, 16)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(0xffff, 8)
  end.writeUInt16LE(0xffff, 10)
  end.writeUInt32LE(0xffffffff, 12)
  end.writeUInt32LE(0xffffffff, 16)
  return Buffer.concat([end64, locator, end])
}
const withFile = (path: string, bytes = Buffer.from('x')): [string, Buffer][] => [...original, [path, bytes]]
const half = (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)
const flipped = (bytes: Buffer) => Buffer.from(bytes.map((byte, at) => (at === 30 ? byte ^ 1 : byte)))

const hostile: [what: string, zip: () => Promise<Buffer>, says: RegExp][] = [
  ['no ZIP', async () => Buffer.from('This is not a ZIP at all, only some words.'), /not a ZIP file/],
  ['one that was cut off', async () => half(await zipOf(original)), /not a ZIP file, or it was cut off/],
  [
    'names above its folder',
    async () => renamed(await zipOf(withFile('xx/evil.txt')), 'xx/evil.txt', '../evil.txt'),
    /lead out of it/,
  ],
  ['absolute names', async () => renamed(await zipOf(withFile('xetc/passwd')), 'xetc/passwd', '/etc/passwd'), /lead out of it/],
  [
    'symbolic links',
    async () => zipOf(withFile('media/link', Buffer.from('/etc/passwd')), { mode: 0o120777 }),
    /leads somewhere else/,
  ],
  ['a name twice', async () => zipOf(withFile('data/updates.json')), /two files called "data\/updates.json"/],
  ['a bomb', async () => zipOf(withFile('data/bomb.json', Buffer.alloc(30_000_000)), { compress: true }), /looks like an attack/],
  ['a million files', async () => millionFiles(), /It has 1000000 files/],
  ['no manifest', async () => zipOf(changed({ 'manifest.json': () => null })), /There is no manifest.json/],
  ['a manifest that is no JSON', async () => zipOf(changed({ 'manifest.json': half })), /cannot be read/],
  [
    'a newer version',
    async () => zipOf(withManifest((manifest) => ({ ...manifest, version: 2, people: 'other' }))),
    /newer version/,
  ],
  [
    'another format',
    async () => zipOf(withManifest((manifest) => ({ ...manifest, format: 'a-backup' }))),
    /not that of an export/,
  ],
  [
    'a list with a wrong checksum',
    async () => zipOf(changed({ 'data/comments.json': flipped }, { tell: false })),
    /data\/comments.json is damaged/,
  ],
  ['a list that is missing', async () => zipOf(changed({ 'data/people.json': () => null })), /data\/people.json is missing/],
  [
    'people that are no list',
    async () => zipOf(changed({ 'data/people.json': () => json({ a: 1 }) })),
    /data\/people.json in the export cannot be read/,
  ],
]
const counts = async () => {
  const [row] = await db.execute(
    `select (select count(*)::int from updates) updates, (select count(*)::int from users) users, (select count(*)::int from channels) channels,
      (select count(*)::int from comments) comments, (select count(*)::int from videos) videos`,
  )
  return row
}
async function objects() {
  const found: string[] = []
  for await (const key of storage.list('videos/')) found.push(key)
  return found.sort()
}

test.each(hostile)('%s is refused in a sentence, and leaves nothing', async (_, zip, says) => {
  const before = [await counts(), await objects()]
  const transfer = await imported(elsewhere, await zip())
  expect(transfer).toMatchObject({ state: 'failed', report: null, error: expect.stringMatching(says) })
  expect([await counts(), await objects()]).toEqual(before)
})

test('a recording that is damaged, or no video, is told by the name of its update, and everything else is brought', async () => {
  const videos = JSON.parse(`${original.get('data/videos.json')}`)
  const of = (updateId: string) => videos.find((each: { updateId: string }) => each.updateId === updateId)
  const [first, second] = [of(olgasUpdate.id).original, of(secondUpdate.id).recorded[0].path]
  const files = changed({
    [first]: () => Buffer.from('#EXTM3U\n#EXTINF:9,\nfile:///etc/passwd\n'),
    'data/reactions.json': () => Buffer.from('[\n{"updateId":7}\n]\n'),
  })
  files.set(second, flipped(original.get(second) as Buffer))
  const broken = await imported(elsewhere, await zipOf(files))
  expect(broken).toMatchObject({ state: 'done', report: { updates: 2, comments: 1, videos: 0 } })
  expect(broken.report.notes).toEqual([
    expect.stringMatching(/^The recording of “First” could not be brought: This is a list of addresses/),
    expect.stringMatching(/^The recording of “Second” could not be brought: media\/.* is damaged in the export\.$/),
    '1 record in data/reactions.json could not be read.',
  ])
  // The whole one brings what was missing, and nothing else.
  const whole = await imported(elsewhere, await zipOf(original))
  expect(whole.report).toMatchObject({ updates: 0, comments: 0, videos: 2, notes: ['2 updates were here already.'] })
})

test('what does not fit together stays outside: comments without a place, updates without their channel, records of nothing', async () => {
  const paula = await given.stranger('Paula')
  const comments = JSON.parse(`${original.get('data/comments.json')}`)
  const updates = JSON.parse(`${original.get('data/updates.json')}`)
  const lines = (records: object[]) => Buffer.from(`[\n${records.map((each) => JSON.stringify(each)).join(',\n')}\n]\n`)
  const id = () => crypto.randomUUID()
  const files = changed({
    'data/updates.json': () =>
      lines([
        { ...updates[0], title: '<img src=x>' },
        { ...updates[1], channelId: id() },
      ]),
    'data/comments.json': () =>
      lines([comments[0], { ...comments[0], id: id(), parentId: id() }, { ...comments[0], id: id(), updateId: id() }]),
  })
  const { report } = await imported(paula, await zipOf(files))
  expect(report).toMatchObject({ updates: 1, comments: 1, videos: 1 })
  expect(report.notes).toEqual([
    '“<img src=x>”: 1 comment has no place and could not be brought.',
    '“Second” could not be brought: its channel is not in the export.',
    '1 record in data/comments.json could not be read.',
  ])
})

test('a worker that was killed is followed by one that goes on behind what is there', async () => {
  const petra = await given.stranger('Petra')
  const id = await uploaded(petra, await zipOf(original))
  const stop = new AbortController()
  const watching = setInterval(async () => {
    const [row] = await db.execute<{ count: number }>(`select count(*)::int from updates where workspace_id =
      (select workspace_id from members where user_id = '${petra.id}')`)
    if (row?.count === 1) stop.abort(new Error('killed'))
  }, 20)
  await work(stop.signal)
  clearInterval(watching)
  // As a worker leaves it that had no time to say anything.
  await db.execute(
    `update transfers set state = 'running', lease_id = gen_random_uuid(), lease_until = now() - interval '1 second', attempts = 1 where id = '${id}'`,
  )
  await work()
  const transfer = await transferOf(petra, id)
  expect(transfer).toMatchObject({ state: 'done', error: null })
  const { items } = (await as(petra).inject({ url: '/api/updates' })).json()
  expect(items.map(({ title }: { title: string }) => title).sort()).toEqual(['First', 'Second'])
  expect(items.every(({ videoId }: { videoId: string | null }) => videoId)).toBe(true)
})

test('quotas hold: what is too large is not taken, and a recording without room is told', async () => {
  const pia = await given.stranger('Pia')
  const zip = await zipOf(original)
  const small = transfersOn(started, { QUOTA_PERSON_GB: 100, QUOTA_WORKSPACE_GB: 0.00001 })
  const { report } = await small.imported(pia, zip)
  expect(report).toMatchObject({ updates: 2, videos: 0 })
  expect(report.notes[0]).toMatch(/“First” could not be brought: there is no room left for it/)
  const large = { name: 'Team.zip', sizeBytes: 9e15 }
  expect((await post(pia, '/api/imports', large)).json()).toMatchObject({ status: 409, type: '/problems/quota-reached' })
})

test('an upload goes on where it was cut off, takes each part once, and is stopped or forgotten as a whole', async () => {
  const rosa = await given.stranger('Rosa')
  const bytes = Buffer.from('0123456789')
  const { id } = (await post(rosa, '/api/imports', { name: '../../x.zip', sizeBytes: 10 })).json()
  expect((await post(rosa, '/api/imports', { name: 'y.zip', sizeBytes: 10 })).json()).toMatchObject({
    type: '/problems/transfer-unfinished',
  })
  expect((await sendPart(rosa, id, 2, bytes.subarray(4))).statusCode).toBe(201)
  expect((await post(rosa, `/api/imports/${id}/finish`, { parts: 2 })).json()).toMatchObject({
    ...{ type: '/problems/parts-missing', missing: { file: [1] } },
  })
  expect((await sendPart(rosa, id, 1, bytes.subarray(0, 4), { sha256: 'a'.repeat(64) })).statusCode).toBe(422)
  expect((await sendPart(rosa, id, 1, bytes.subarray(0, 5))).statusCode).toBe(400)
  expect((await sendPart(rosa, id, 1, bytes.subarray(0, 4))).statusCode).toBe(201)
  expect((await sendPart(rosa, id, 1, bytes.subarray(0, 4))).statusCode).toBe(200)
  expect((await sendPart(rosa, id, 1, Buffer.from('abcd'))).json()).toMatchObject({ type: '/problems/part-conflict' })
  const sha256 = (part: Buffer) => createHash('sha256').update(part).digest('hex')
  expect((await as(rosa).inject({ url: `/api/imports/${id}/parts` })).json()).toEqual([
    { number: 1, sizeBytes: 4, sha256: sha256(bytes.subarray(0, 4)) },
    { number: 2, sizeBytes: 6, sha256: sha256(bytes.subarray(4)) },
  ])
  for (const somebody of [olga, ben])
    expect((await as(somebody).inject({ url: `/api/imports/${id}/parts` })).statusCode).toBeGreaterThan(400)
  expect((await as(rosa).inject({ method: 'DELETE', url: `/api/transfers/${id}` })).statusCode).toBe(204)
  expect((await sendPart(rosa, id, 1, bytes.subarray(0, 4))).statusCode).toBe(404)
  await forgetTransfers(db, storage)
  expect(await db.execute(`select 1 from transfers where id = '${id}'`)).toHaveLength(0)
  expect((await app.inject({ url: `/api/imports/${id}/parts` })).statusCode).toBe(401)
})
