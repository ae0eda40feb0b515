import { expect, test, vi } from 'vitest'
import { ApiError, unreachable } from '../../api.ts'
import type { Segment, SpoolTrack } from '../segment.ts'
import { openSpool } from '../spool/spool.ts'
import { newNote, type SpoolNote } from '../spool/spool-note.ts'
import { fakeSpoolStore } from '../spool/spool-store.fake.ts'
import type { UploadApi } from './upload-api.ts'
import { hasArrived, type UploadProgress, upload } from './uploader.ts'

const segment = (number: number, track: SpoolTrack = 'main'): Segment => ({
  track,
  number,
  bytes: new Uint8Array([number, 1, 2]),
  durationMs: number && 2000,
})
const refusal = (status: number, code: string, missing?: number[]) =>
  new ApiError({ type: `/problems/${code}`, title: code, status, ...(missing ? { missing: { main: missing } } : {}) })

const open = (note: Partial<SpoolNote> = {}) => openSpool(newNote({ userId: 'ada', title: 'Title', ...note }), fakeSpoolStore())
async function recorded(count: number, note: Partial<SpoolNote> = {}) {
  const spool = await open(note)
  for (let number = 0; number <= count; number++) await spool.append(segment(number))
  await spool.close()
  return spool
}

type Finished = Awaited<Parameters<UploadApi['finish']>[1]>
type Seen = Partial<Awaited<ReturnType<UploadApi['readVideo']>>>
type Faults = {
  put?: (Error | null)[]
  finish?: Error[]
  afterStoring?: (Error | null)[]
  /** What arrived in an earlier life. */
  there?: Record<string, [from: number, to: number]>
  sizeBytes?: number
  /** What people see of it. */
  seen?: Seen
  unseen?: Error
}
/** A server in memory. `faults` answers instead of it, one after the other, per kind of request. */
function server(faults: Faults = {}) {
  const stored = new Map<string, string>()
  const puts: string[] = []
  const did: string[] = []
  let finished: Finished | null = null
  let atOnce = 0
  let most = 0
  const stateOf = (track: string) => ({
    ranges: [
      ...(faults.there?.[track] ? [faults.there[track]] : []),
      ...[...stored.keys()].flatMap((name): [number, number][] => {
        const [ofTrack, number] = name.split(' ')
        return ofTrack === track ? [[Number(number), Number(number)]] : []
      }),
    ],
    durationMs: 0,
    sizeBytes: faults.sizeBytes ?? 1000,
  })
  const api: UploadApi = {
    async putSegment(_, { track, number, sha256 }) {
      puts.push(`${track} ${number}`)
      most = Math.max(most, ++atOnce)
      await new Promise((resolve) => setTimeout(resolve, 2))
      atOnce--
      const fault = faults.put?.shift()
      if (fault) throw fault
      stored.set(`${track} ${number}`, sha256)
      const lost = faults.afterStoring?.shift()
      if (lost) throw lost
    },
    readUpload: async () => ({
      state: 'recording',
      tracks: { main: stateOf('main'), camera: stateOf('camera') },
      file: stateOf('file').ranges.length > 0 ? stateOf('file') : null,
    }),
    readVideo: async () => {
      if (faults.unseen) throw faults.unseen
      return { finishedAt: null, chapters: [], chaptersFrom: 'text', layout: null, ...faults.seen }
    },
    report: async (_, totals, clockMs) => void did.push(`reported ${JSON.stringify(totals)} at ${clockMs}`),
    describe: async (_, about) => void did.push(`described ${JSON.stringify(about)}`),
    async finish(_, last, clockMs) {
      const fault = faults.finish?.shift()
      if (fault) throw fault
      finished = last
      did.push(`finished at ${clockMs}`)
    },
    finishFile: async (_, file) => void did.push(`finished file ${JSON.stringify(file)}`),
  }
  return { api, stored, puts, did, most: () => most, finished: () => finished }
}

function every(ms: number, tick: () => void) {
  const timer = setInterval(tick, ms)
  return () => clearInterval(timer)
}
const soon = { signal: new AbortController().signal, onProgress: () => {}, pause: () => Promise.resolve(), every }

test('every segment arrives with its checksum, three at a time, then the recording is finished', async () => {
  const { api, stored, most, finished } = server()
  const spool = await recorded(7)
  const progress: UploadProgress[] = []
  await upload(spool, 'video', api, { ...soon, onProgress: (step) => progress.push(step) })
  expect([...stored.keys()].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7].map((number) => `main ${number}`))
  expect(stored.get('main 0')).toBe('ae4b3280e56e2faf83f414a6e3dabe9d5fbe18976544c05fed121accb85b53fc')
  expect(most()).toBe(3)
  expect(finished()).toEqual({ main: 7 })
  expect(progress.at(-1)).toEqual({ sent: 8, total: 8, trouble: null })
})

test('what is recorded while it uploads is sent as it comes', async () => {
  const { api, stored, finished } = server()
  const spool = await open()
  const sending = upload(spool, 'video', api, soon)
  for (const number of [0, 1, 2]) {
    await spool.append(segment(number))
    await vi.waitFor(() => expect(stored.has(`main ${number}`)).toBe(true))
  }
  expect(finished()).toBeNull()
  await spool.close()
  await sending
  expect(finished()).toEqual({ main: 2 })
})

test('the camera goes beside the screen, and both are finished with their own numbers', async () => {
  const { api, stored, finished } = server()
  const spool = await open()
  for (const number of [0, 1, 2]) await spool.append(segment(number))
  for (const number of [0, 1]) await spool.append(segment(number, 'camera'))
  await spool.close()
  await upload(spool, 'video', api, soon)
  expect(stored.size).toBe(5)
  expect(finished()).toEqual({ main: 2, camera: 1 })
})

test('parts of a file are finished as a file', async () => {
  const { api, did } = server()
  const spool = await open({ name: 'talk.mov' })
  for (const number of [1, 2]) await spool.append(segment(number, 'file'))
  await spool.close()
  await upload(spool, 'video', api, soon)
  expect(did).toEqual(['finished file {"parts":2,"sizeBytes":6,"name":"talk.mov"}'])
})

test.each([
  ['recorded here is told of with its first part, so that the server can finish it when this browser never comes back', {}, 1],
  ['chosen is not: it is of no use without its end', { name: 'talk.mov' }, 0],
])('a file that is %s', async (_, note, reports) => {
  const { api, did } = server()
  const spool = await open(note)
  const sending = upload(spool, 'video', api, soon)
  for (const number of [1, 2]) await spool.append(segment(number, 'file'), number * 2000)
  await vi.waitFor(() => expect(spool.sent).toBe(2))
  expect(did.filter((what) => what.startsWith('reported {"file":{'))).toHaveLength(reports)
  await spool.close()
  await sending
  const said = reports > 0 ? { clockMs: 4000 } : note
  expect(did.at(-1)).toBe(`finished file ${JSON.stringify({ parts: 2, sizeBytes: 6, ...said })}`)
})

test('what arrived before a crash is not sent again, also what only the server knows of', async () => {
  const { api, puts, finished } = server({ there: { main: [0, 3] } })
  const spool = await recorded(2)
  await spool.append(segment(4))
  await upload(spool, 'video', api, soon)
  expect(puts).toEqual(['main 4'])
  expect(finished()).toEqual({ main: 4 })
  const beyond = server({ there: { main: [0, 3] } })
  await upload(await recorded(2), 'video', beyond.api, soon)
  expect(beyond.finished()).toEqual({ main: 3 })
})

test('chapters and the place of the camera are told before the end', async () => {
  const { api, did } = server()
  const layout = { shape: 'round' as const, size: 'medium' as const, x: 0, y: 1 }
  await upload(await recorded(1, { chapters: [{ atMs: 10, title: 'Start' }], layout, clockMs: 2040 }), 'video', api, soon)
  expect(did).toEqual([`described ${JSON.stringify({ chapters: [{ atMs: 10, title: 'Start' }], layout })}`, 'finished at 2040'])
})

test('what the author made of a recording that the server finished meanwhile stays; what was not told yet is told', async () => {
  const layout = { shape: 'round' as const, size: 'medium' as const, x: 0, y: 1 }
  const note = { chapters: [{ atMs: 10, title: 'Start' }], layout }
  const edited: Seen = {
    finishedAt: '2026-11-27T04:00:00.000Z',
    chapters: [{ atMs: 20, title: 'Intro' }],
    chaptersFrom: 'video',
    layout: { ...layout, x: 1 },
  }
  const described = async (seen: Seen) => {
    const { api, did } = server({ seen })
    await upload(await recorded(1, note), 'video', api, soon)
    return did.filter((what) => what.startsWith('described'))
  }
  expect(await described(edited)).toEqual([])
  expect(await described({ ...edited, layout: null })).toEqual([`described ${JSON.stringify({ chapters: [], layout })}`])
  expect(await described({ ...edited, finishedAt: null })).toEqual([`described ${JSON.stringify(note)}`])
})

test('whoever was taken out of the channel meanwhile finishes what they recorded all the same', async () => {
  const unseen = new ApiError({ type: '/problems/not-found', title: 'Nothing', status: 404 })
  const { api, did } = server({ unseen })
  await upload(await recorded(1, { chapters: [{ atMs: 10, title: 'Start' }], clockMs: 2040 }), 'video', api, soon)
  expect(did).toEqual(['finished at 2040'])
})

test('while it records and while it is paused, it tells every half minute that it lives and what it has', async () => {
  vi.useFakeTimers()
  try {
    const { api, did } = server()
    const spool = await open()
    await spool.append(segment(0))
    await spool.append(segment(1), 2040)
    const stop = new AbortController()
    const sending = upload(spool, 'video', api, { ...soon, signal: stop.signal })
    sending.catch(() => undefined)
    await vi.advanceTimersByTimeAsync(61_000)
    const report = 'reported {"main":{"segments":1,"durationMs":2000,"sizeBytes":6}} at 2040'
    expect(did).toEqual([report, report])
    stop.abort(new Error('enough'))
    await vi.advanceTimersByTimeAsync(61_000)
    expect(did).toHaveLength(2)
  } finally {
    vi.useRealTimers()
  }
})

test('a server that has fewer bytes than were recorded is not believed', async () => {
  const { api } = server({ sizeBytes: 8 })
  await expect(upload(await recorded(2), 'video', api, soon)).rejects.toMatchObject({ problem: { name: 'copy-differs' } })
})

test('a lost request is made again, and says meanwhile what is wrong', async () => {
  const { api, stored, finished } = server({ put: [unreachable(), unreachable(), refusal(503, 'unavailable')] })
  const troubles = new Set<string | null>()
  await upload(await recorded(2), 'video', api, { ...soon, onProgress: ({ trouble }) => troubles.add(trouble) })
  expect(stored.size).toBe(3)
  expect(finished()).toEqual({ main: 2 })
  expect(troubles).toContain('Meanwhile cannot be reached right now')
})

test('when only the answer was lost, the segment is not sent twice', async () => {
  const { api, puts } = server({ afterStoring: [unreachable()] })
  await upload(await recorded(2), 'video', api, soon)
  expect(puts.sort()).toEqual(['main 0', 'main 1', 'main 2'])
})

test('who is signed out is told so, and everything is sent once somebody has signed in again', async () => {
  const { api, stored } = server({ put: Array.from({ length: 6 }, () => refusal(401, 'signed-out')) })
  const troubles = new Set<string | null>()
  await upload(await recorded(2), 'video', api, { ...soon, onProgress: ({ trouble }) => troubles.add(trouble) })
  expect(stored.size).toBe(3)
  expect([...troubles]).toEqual(expect.arrayContaining(['You are signed out: sign in again in another tab', null]))
})

test('whoever has no room left on the server loses nothing: all is sent once there is some', async () => {
  const { api, stored } = server({ put: Array.from({ length: 6 }, () => refusal(409, 'quota-reached')) })
  await upload(await recorded(2), 'video', api, soon)
  expect(stored.size).toBe(3)
})

test('a segment that arrived damaged is sent again', async () => {
  const { api, stored, puts } = server({ put: [refusal(422, 'checksum-mismatch')] })
  await upload(await recorded(1), 'video', api, soon)
  expect(stored.size).toBe(2)
  expect(puts).toHaveLength(3)
})

test('a segment that always arrives damaged is given up with a reason', async () => {
  const { api } = server({ put: Array.from({ length: 20 }, () => refusal(422, 'checksum-mismatch')) })
  await expect(upload(await recorded(1), 'video', api, soon)).rejects.toMatchObject({ problem: { name: 'segment-damaged' } })
})

test.each([
  [409, 'segment-conflict', 'segment-conflict'],
  [404, 'not-found', 'update-gone'],
  [413, 'segment-too-large', 'segment-too-large'],
  [413, 'request-too-large', 'request-too-large'],
  [422, 'not-cmaf', 'refused'],
])('%i %s ends the upload at once, while it still records', async (status, code, name) => {
  const spool = await open()
  await spool.append(segment(0))
  await expect(upload(spool, 'video', server({ put: [refusal(status, code)] }).api, soon)).rejects.toMatchObject({
    problem: { name },
  })
})

test('what the server misses at the end is sent again from the spool, although it had confirmed it', async () => {
  const { api, stored, puts, finished } = server({ finish: [refusal(409, 'segments-missing', [2])] })
  await upload(await recorded(3), 'video', api, soon)
  expect(puts.filter((put) => put === 'main 2')).toHaveLength(2)
  expect(stored.has('main 2')).toBe(true)
  expect(finished()).toEqual({ main: 3 })
})

test('a segment that the server confirmed and lost, and that is not here any more, cannot be sent again', async () => {
  const { api } = server({ finish: [refusal(409, 'segments-missing', [2])], there: { main: [0, 3] } })
  const spool = await recorded(3)
  await spool.confirm('main', 2)
  expect(await spool.makeRoom(1)).toBeGreaterThan(0)
  await expect(upload(spool, 'video', api, soon)).rejects.toMatchObject({ problem: { name: 'segment-lost' } })
})

test('a lost finish is said again', async () => {
  const { api, finished } = server({ finish: [unreachable(), refusal(500, 'internal')] })
  await upload(await recorded(1), 'video', api, soon)
  expect(finished()).toEqual({ main: 1 })
})

test('a recording without a segment is not finished', async () => {
  const { api, finished } = server()
  await expect(upload(await recorded(0), 'video', api, soon)).rejects.toMatchObject({ problem: { name: 'nothing-recorded' } })
  expect(finished()).toBeNull()
})

test('whether anything arrived is asked of the server: an init segment is nothing to see, and what was deleted is gone', async () => {
  const { signal } = soon
  expect(await hasArrived('video', server({ there: { main: [0, 1] } }).api, signal)).toBe(true)
  expect(await hasArrived('video', server({ there: { file: [1, 1] } }).api, signal)).toBe(true)
  expect(await hasArrived('video', server({ there: { main: [0, 0] } }).api, signal)).toBe(false)
  expect(await hasArrived('video', { readUpload: () => Promise.reject(refusal(404, 'not-found')) }, signal)).toBe(false)
})

test('aborting ends it, also while nothing comes', async () => {
  const abort = new AbortController()
  const sending = upload(await open(), 'video', server().api, { ...soon, signal: abort.signal })
  abort.abort(new Error('enough'))
  await expect(sending).rejects.toThrow('enough')
})
