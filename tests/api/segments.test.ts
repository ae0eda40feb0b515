import { readdir } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import { type Cut, cutRecording } from '../support/cut.ts'

const { as, given, send, finish, storage } = await startApp()
const cut = await cutRecording()
const ada = await given.person('Ada')
const ben = await given.person('Ben')

const started = async () => `${(await given.update(ada, { title: 'Take', video: { tracks: ['main'] } })).videoId}`
const upload = async (videoId: string) => (await as(ada).inject({ url: `/api/videos/${videoId}/upload` })).json()
const withBytes = (bytes: Buffer): Cut => ({ ...cut, bytes: async () => bytes })

test('a segment is stored once: the same bytes again answer 200, other bytes 409, and the first stay', async () => {
  const videoId = await started()
  await send(ada, videoId, 'main', 0, cut)
  expect((await send(ada, videoId, 'main', 1, cut)).statusCode).toBe(201)
  const again = await send(ada, videoId, 'main', 1, cut)
  expect(again.statusCode).toBe(200)
  expect(again.json()).toMatchObject({ track: 'main', number: 1, durationMs: 2000 })
  const other = await send(ada, videoId, 'main', 1, { ...cut, bytes: () => cut.bytes(2) })
  expect(other.json()).toMatchObject({ type: '/problems/segment-conflict', status: 409 })
  expect((await upload(videoId)).tracks.main).toMatchObject({ ranges: [[0, 1]], durationMs: 2000 })
})

test('two writers of one segment at the same moment leave one of them, and say so', async () => {
  const videoId = await started()
  const answers = await Promise.all(
    [1, 2, 1, 2].map((from) => send(ada, videoId, 'main', 1, { ...cut, bytes: () => cut.bytes(from) })),
  )
  const codes = answers.map(({ statusCode }) => statusCode).sort()
  expect(codes).toEqual([200, 201, 409, 409])
  expect((await upload(videoId)).tracks.main.ranges).toEqual([[1, 1]])
})

test('segments may arrive in any order, the init segment last; lengths are measured from the boxes', async () => {
  const videoId = await started()
  for (const number of [3, 1, 2]) await send(ada, videoId, 'main', number, cut, { durationMs: '1234' })
  expect((await upload(videoId)).tracks.main).toMatchObject({ ranges: [[1, 3]], durationMs: 0 })
  await send(ada, videoId, 'main', 0, cut)
  expect((await upload(videoId)).tracks.main).toMatchObject({ ranges: [[0, 3]], durationMs: 5000 })
})

test('a wrong checksum is refused and nothing is stored', async () => {
  const videoId = await started()
  const refused = await send(ada, videoId, 'main', 0, cut, { sha256: 'f'.repeat(64) })
  expect(refused.json()).toMatchObject({ type: '/problems/checksum-mismatch', status: 422 })
  expect((await upload(videoId)).tracks.main.ranges).toEqual([])
})

const segment = await cut.bytes(1)
const init = await cut.bytes(0)
/** A copy of a file with `bytes` written where the box `type` has its body. */
function patched(file: Buffer, type: string, bodyOffset: number, bytes: number[]) {
  const copy = Buffer.from(file)
  Buffer.from(bytes).copy(copy, copy.indexOf(type) + 4 + bodyOffset)
  return copy
}

test.each([
  ['nothing', 1, Buffer.alloc(0), /no moof/],
  ['one byte', 1, Buffer.from([0]), /middle of a box/],
  ['random bytes', 1, Buffer.from(Array.from({ length: 400 }, (_, index) => (index * 73) % 256)), /refused/],
  ['a page of HTML', 1, Buffer.from('<!doctype html><script>alert(1)</script>'), /refused/],
  ['a playlist', 1, Buffer.from('#EXTM3U\n#EXTINF:10,\n/etc/passwd\n'), /refused/],
  ['media in place of the init segment', 0, segment, /no \w+ box there/],
  ['a segment that was cut off', 1, segment.subarray(0, segment.length - 100), /cut off/],
  ['a box of 4 bytes', 1, patched(segment, 'moof', -8, [0, 0, 0, 4]), /impossible/],
  ['four billion samples', 1, patched(segment, 'trun', 4, [255, 255, 255, 255]), /trun/],
  ['a codec that we do not play', 0, patched(init, 'avc1', -4, [...Buffer.from('mgyv')]), /mgyv/],
  ['a picture without a size', 0, patched(init, 'avc1', 24, [0, 0, 0, 0]), /0 × 0/],
])('%s is no CMAF segment and is refused before it is stored', async (_what, number, bytes, reason) => {
  const videoId = await started()
  const refused = await send(ada, videoId, 'main', number, withBytes(bytes))
  expect(refused.json()).toMatchObject({ type: '/problems/not-cmaf', status: 422, detail: expect.stringMatching(reason) })
  expect((await upload(videoId)).tracks.main.ranges).toEqual([])
})

test('a segment that starts in a hundred years is refused', async () => {
  const videoId = await started()
  await send(ada, videoId, 'main', 0, cut)
  const refused = await send(ada, videoId, 'main', 1, withBytes(patched(segment, 'tfdt', 4, [0, 15, 255, 255, 255, 0, 0, 0])))
  expect(refused.json()).toMatchObject({ status: 422, detail: expect.stringMatching(/24 hours/) })
})

test('a segment that is too large is refused with 413', async () => {
  const videoId = await started()
  const refused = await send(ada, videoId, 'main', 1, withBytes(Buffer.alloc(33 * 1024 * 1024)))
  expect(refused.json()).toMatchObject({ type: '/problems/segment-too-large', status: 413 })
})

test.each([
  ['no checksum', { sha256: '' }],
  ['a length below zero', { durationMs: '-1' }],
  ['a length that is no number', { durationMs: 'NaN' }],
])('%s is named in the answer', async (_what, change) => {
  const videoId = await started()
  const refused = await send(ada, videoId, 'main', 0, cut, change)
  expect(refused.json()).toMatchObject({ type: '/problems/invalid-request', errors: [{ field: Object.keys(change)[0] }] })
})

test('a body that is not multipart is refused with 415, one without a file with 400', async () => {
  const videoId = await started()
  const url = `/api/videos/${videoId}/tracks/main/segments/0`
  expect((await as(ada).inject({ method: 'PUT', url, payload: { file: 'x' } })).statusCode).toBe(415)
  const form = Buffer.from('--b\r\ncontent-disposition: form-data; name="sha256"\r\n\r\nx\r\n--b--\r\n')
  const refused = await as(ada).inject({
    method: 'PUT',
    url,
    payload: form,
    headers: { 'content-type': 'multipart/form-data; boundary=b' },
  })
  expect(refused.json()).toMatchObject({ status: 400, errors: [{ field: 'file' }] })
})

test('finishing with segments missing lists them; after they arrive it works', async () => {
  const videoId = await started()
  for (const number of [0, 1, 3]) await send(ada, videoId, 'main', number, cut)
  const refused = await finish(ada, videoId, { main: { segments: 5 } })
  expect(refused.json()).toMatchObject({ type: '/problems/segments-missing', status: 409, missing: { main: [2, 4, 5] } })
  await send(ada, videoId, 'main', 2, cut)
  expect((await finish(ada, videoId, { main: { segments: 3 } })).json()).toMatchObject({ state: 'processing', durationMs: 5000 })
})

test('after the end nothing is added, and another end is refused', async () => {
  const { videoId } = await given.recording(ada, cut)
  expect((await send(ada, videoId, 'main', 4, { ...cut, bytes: () => cut.bytes(3) })).json()).toMatchObject({
    type: '/problems/video-finished',
    status: 409,
  })
  expect((await send(ada, videoId, 'main', 3, cut)).statusCode).toBe(200)
  expect((await finish(ada, videoId, { main: { segments: 2 } })).json()).toMatchObject({
    type: '/problems/finish-conflict',
    status: 409,
  })
})

test('a recording is not finished shorter than what has arrived', async () => {
  const videoId = await started()
  for (const number of cut.numbers) await send(ada, videoId, 'main', number, cut)
  expect((await finish(ada, videoId, { main: { segments: 2 } })).json()).toMatchObject({
    type: '/problems/finish-conflict',
    status: 409,
  })
})

test('tracks and numbers that cannot be are not found', async () => {
  const videoId = await started()
  for (const [track, number] of [
    ['camera', 0],
    ['constructor', 0],
    ['main', -1],
    ['main', 20_001],
  ] as const)
    expect((await send(ada, videoId, track, number, cut)).statusCode).toBe(404)
  expect((await send(ben, videoId, 'main', 0, cut)).statusCode).toBe(404)
})

test('no file stays behind on its way, whatever was refused', async () => {
  expect(await readdir(storage.incomingDir)).toEqual([])
})
