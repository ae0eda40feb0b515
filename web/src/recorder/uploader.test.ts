import { expect, test } from 'vitest'
import { ApiError, unreachable } from '../api.ts'
import type { Segment } from './segment.ts'
import { openSpool } from './spool.ts'
import { type UploadApi, type UploadProgress, upload } from './uploader.ts'

const segment = (number: number): Segment => ({
  track: 'main',
  number,
  bytes: new Uint8Array([number, 1, 2]),
  durationMs: number && 2000,
})
const refusal = (status: number, code: string, missing?: number[]) =>
  new ApiError({ type: `/problems/${code}`, title: code, status, ...(missing ? { missing: { main: missing } } : {}) })

async function recorded(count: number) {
  const spool = await openSpool('video')
  for (let number = 0; number <= count; number++) await spool.append(segment(number))
  await spool.close()
  return spool
}

/** A server in memory. `faults` answers instead of it, one after the other, per kind of request. */
function server(faults: { put?: (Error | null)[]; finish?: Error[]; afterStoring?: (Error | null)[] } = {}) {
  const stored = new Map<number, string>()
  const puts: number[] = []
  let finished: number | null = null
  let atOnce = 0
  let most = 0
  const api: UploadApi = {
    async putSegment(_, { number, sha256 }) {
      puts.push(number)
      most = Math.max(most, ++atOnce)
      await new Promise((resolve) => setTimeout(resolve, 2))
      atOnce--
      const fault = faults.put?.shift()
      if (fault) throw fault
      stored.set(number, sha256)
      const lost = faults.afterStoring?.shift()
      if (lost) throw lost
    },
    readUpload: async () => ({
      state: 'recording',
      tracks: { main: { ranges: [...stored.keys()].map((number) => [number, number]), durationMs: 0, sizeBytes: 0 } },
      file: null,
    }),
    async finish(_, segments) {
      const fault = faults.finish?.shift()
      if (fault) throw fault
      finished = segments
    },
  }
  return { api, stored, puts, most: () => most, finished: () => finished }
}

const soon = { signal: new AbortController().signal, onProgress: () => {}, pause: () => Promise.resolve() }

test('every segment arrives with its checksum, three at a time, then the recording is finished', async () => {
  const { api, stored, most, finished } = server()
  const spool = await recorded(7)
  const progress: UploadProgress[] = []
  await upload(spool, api, { ...soon, onProgress: (step) => progress.push(step) })
  expect([...stored.keys()].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
  expect(stored.get(0)).toBe('ae4b3280e56e2faf83f414a6e3dabe9d5fbe18976544c05fed121accb85b53fc')
  expect(most()).toBe(3)
  expect(finished()).toBe(7)
  expect(progress.at(-1)).toEqual({ sent: 7, total: 7, trouble: null })
})

test('what is recorded while it uploads is sent as it comes', async () => {
  const { api, stored, finished } = server()
  const spool = await openSpool('video')
  const sending = upload(spool, api, soon)
  for (const number of [0, 1, 2]) {
    await spool.append(segment(number))
    await new Promise((resolve) => setTimeout(resolve, 10))
    expect(stored.has(number)).toBe(true)
  }
  expect(finished()).toBeNull()
  await spool.close()
  await sending
  expect(finished()).toBe(2)
})

test('what the server has confirmed is not kept', async () => {
  const spool = await recorded(3)
  await upload(spool, server().api, soon)
  const left = []
  for await (const { number } of spool.read(0)) left.push(number)
  expect(left).toEqual([])
  expect(spool.confirmed).toBe(3)
})

test('a lost request is made again, and says meanwhile what is wrong', async () => {
  const { api, stored, finished } = server({ put: [unreachable(), unreachable(), refusal(503, 'unavailable')] })
  const troubles = new Set<string | null>()
  await upload(await recorded(2), api, { ...soon, onProgress: ({ trouble }) => troubles.add(trouble) })
  expect(stored.size).toBe(3)
  expect(finished()).toBe(2)
  expect(troubles).toContain('Meanwhile cannot be reached right now')
})

test('when only the answer was lost, the segment is not sent twice', async () => {
  const { api, puts } = server({ afterStoring: [unreachable()] })
  await upload(await recorded(2), api, soon)
  expect(puts.sort()).toEqual([0, 1, 2])
})

test('a segment that arrived damaged is sent again', async () => {
  const { api, stored, puts } = server({ put: [refusal(422, 'checksum-mismatch')] })
  await upload(await recorded(1), api, soon)
  expect(stored.size).toBe(2)
  expect(puts).toHaveLength(3)
})

test('a segment that always arrives damaged is given up with a reason', async () => {
  const { api } = server({ put: Array.from({ length: 20 }, () => refusal(422, 'checksum-mismatch')) })
  await expect(upload(await recorded(1), api, soon)).rejects.toMatchObject({ problem: { name: 'segment-damaged' } })
})

test.each([
  [409, 'segment-conflict', 'segment-conflict'],
  [404, 'not-found', 'update-gone'],
  [413, 'segment-too-large', 'segment-too-large'],
  [401, 'signed-out', 'signed-out'],
  [422, 'not-cmaf', 'refused'],
])('%i %s ends the upload at once, while it still records', async (status, code, name) => {
  const spool = await openSpool('video')
  await spool.append(segment(0))
  await expect(upload(spool, server({ put: [refusal(status, code)] }).api, soon)).rejects.toMatchObject({ problem: { name } })
})

test('what the server misses at the end is sent from the spool', async () => {
  const spool = await recorded(3)
  const { api, stored, puts, finished } = server({ finish: [refusal(409, 'segments-missing', [2])] })
  const confirm = spool.confirm.bind(spool)
  let forgotten = false
  spool.confirm = async (number) => {
    if (number === 2 && !forgotten) forgotten = true
    else await confirm(number)
  }
  await upload(spool, api, soon)
  expect(puts.filter((number) => number === 2)).toHaveLength(2)
  expect(stored.has(2)).toBe(true)
  expect(finished()).toBe(3)
})

test('a segment that the server confirmed and lost cannot be sent again', async () => {
  const { api } = server({ finish: [refusal(409, 'segments-missing', [2])] })
  await expect(upload(await recorded(3), api, soon)).rejects.toMatchObject({ problem: { name: 'segment-lost' } })
})

test('a lost finish is said again', async () => {
  const { api, finished } = server({ finish: [unreachable(), refusal(500, 'internal')] })
  await upload(await recorded(1), api, soon)
  expect(finished()).toBe(1)
})

test('a recording without a segment is not finished', async () => {
  const { api, finished } = server()
  await expect(upload(await recorded(0), api, soon)).rejects.toMatchObject({ problem: { name: 'nothing-recorded' } })
  expect(finished()).toBeNull()
})

test('aborting ends it, also while nothing comes', async () => {
  const abort = new AbortController()
  const sending = upload(await openSpool('video'), server().api, { ...soon, signal: abort.signal })
  abort.abort(new Error('enough'))
  await expect(sending).rejects.toThrow('enough')
})
