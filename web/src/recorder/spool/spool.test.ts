import { afterEach, expect, test, vi } from 'vitest'
import { deferred } from '../channel.ts'
import type { Segment, SpoolTrack } from '../segment.ts'
import { hashAtOnce } from './sha256.fake.ts'
import { openSpool, type Spool, takeOverSpool } from './spool.ts'
import { SpoolContents } from './spool-contents.ts'
import { newNote } from './spool-note.ts'
import { fakeSpoolStore, slowSpoolStore } from './spool-store.fake.ts'
import { nowhere, type SpoolStore } from './spool-store.ts'

const segment = (number: number, track: SpoolTrack = 'main', size = 3): Segment => ({
  track,
  number,
  bytes: size === 3 ? (new TextEncoder().encode('abc') as Uint8Array<ArrayBuffer>) : new Uint8Array(size),
  durationMs: number && 2000,
})
const open = (store: SpoolStore = fakeSpoolStore()) => openSpool(newNote({ userId: 'ada', title: 'Title' }), store)

async function numbersIn(spool: Spool): Promise<number[]> {
  const numbers: number[] = []
  for await (const { number } of spool.read()) numbers.push(number)
  return numbers
}

test('a segment comes out as it went in, with its SHA-256', async () => {
  const spool = await open()
  await spool.append({ ...segment(0), codecs: 'avc1', width: 640, height: 360 })
  const out = await spool.get('main', 0)
  expect(out).toMatchObject({ track: 'main', number: 0, sizeBytes: 3, codecs: 'avc1', width: 640, height: 360 })
  expect(out?.sha256).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  expect(await out?.body.text()).toBe('abc')
})

test('a reader gets what is there, then what comes, of all tracks, and ends when the recording is complete', async () => {
  const spool = await open()
  await spool.append(segment(0))
  const reading = numbersIn(spool)
  await spool.append(segment(0, 'camera'))
  await spool.append(segment(1))
  await spool.close()
  expect(await reading).toEqual([0, 0, 1])
  expect([spool.lastOf('main'), spool.lastOf('camera')]).toEqual([1, 0])
})

test('what the server has is not read again', async () => {
  const spool = await open()
  for (const number of [0, 1, 2, 3]) await spool.append(segment(number))
  await spool.confirm('main', 2)
  await spool.close()
  expect(await numbersIn(spool)).toEqual([0, 1, 3])
})

test('a spool whose tab died is taken over as it was', async () => {
  const store = fakeSpoolStore()
  const spool = await open(store)
  await spool.append(segment(0), 0)
  await spool.append(segment(1), 2100)
  await spool.confirm('main', 0)
  await spool.change({ chapters: [{ atMs: 1000, title: 'Here' }] })
  const again = await takeOverSpool(spool.note.spoolId, undefined, store)
  expect(again?.note).toMatchObject({ title: 'Title', clockMs: 2100, chapters: [{ atMs: 1000 }], closed: false })
  expect([again?.deviceMs, again?.sent, again?.total]).toEqual([2000, 1, 2])
  expect(await (await again?.get('main', 1))?.body.text()).toBe('abc')
})

const draft = (number: number, text = 'abc'): Segment => ({
  ...segment(number),
  bytes: new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>,
  durationMs: 1500,
  draft: true,
})

test('of a tab that died, what there was of the segment that was being written is taken over too', async () => {
  const store = fakeSpoolStore()
  const spool = await open(store)
  await spool.append(segment(0), 0)
  await spool.append(segment(1), 2000)
  await spool.keepDraft(draft(2, 'a'), 2600)
  await spool.keepDraft(draft(2, 'ab'), 3600)
  expect([spool.deviceMs, spool.lastOf('main')]).toEqual([2000, 1])
  const again = await takeOverSpool(spool.note.spoolId, undefined, store)
  expect([again?.deviceMs, again?.lastOf('main'), again?.note.clockMs]).toEqual([3500, 2, 3600])
  expect(await (await again?.get('main', 2))?.body.text()).toBe('ab')
})

test('a draft does not count once its segment is there, nor when a crash has torn it', async () => {
  const store = fakeSpoolStore()
  const spool = await open(store)
  await spool.append(segment(0))
  await spool.keepDraft(draft(1), 1500)
  await spool.append(segment(1))
  const again = await takeOverSpool(spool.note.spoolId, undefined, store)
  expect([again?.deviceMs, again?.lastOf('main')]).toEqual([2000, 1])
  await spool.keepDraft(draft(2), 3500)
  const torn = await store.draft(spool.note.spoolId, 'main')
  await store.keepDraft(spool.note.spoolId, torn!, torn!.bytes.slice(1))
  expect((await takeOverSpool(spool.note.spoolId, undefined, store))?.lastOf('main')).toBe(1)
})

test('an encoder that breaks costs no more than a tab that dies', async () => {
  const spool = await open()
  await spool.append(segment(0))
  await spool.append(segment(1))
  const reading = numbersIn(spool)
  await spool.keepDraft(draft(2), 3500)
  await spool.close()
  expect(await reading).toEqual([0, 1, 2])
})

test('a draft behind a segment that is missing is left out, and so is one that finds no room', async () => {
  const spool = await open()
  await spool.append(segment(0))
  await spool.keepDraft(draft(2), 3500)
  await spool.close()
  expect(spool.lastOf('main')).toBe(0)
  const full = await open(fakeSpoolStore({ room: 0 }))
  await full.append(segment(1, 'main', 12_000_000))
  await full.keepDraft(draft(2), 3500)
  await full.close()
  expect([full.lastOf('main'), full.note.closed]).toEqual([1, true])
})

test('a disk that takes no draft takes segments all the same', async () => {
  const store = fakeSpoolStore()
  const keepDraft = () => Promise.reject(new DOMException('full', 'QuotaExceededError'))
  const spool = await open({ ...store, keepDraft })
  await spool.keepDraft(draft(1), 1500)
  await spool.append(segment(1))
  await spool.close()
  expect([spool.deviceMs, spool.overflowing]).toEqual([2000, false])
})

test('a spool of which a crash left nothing is cleared away; one with segments is not', async () => {
  const store = fakeSpoolStore()
  await store.write('empty', { aliveAt: 1 })
  expect(await takeOverSpool('empty', undefined, store)).toBeNull()
  expect(await store.spoolIds()).toEqual([])
  const { bytes, ...facts } = segment(1)
  await store.append('torn', { segment: { ...facts, sha256: '', sizeBytes: 3 } }, bytes)
  expect(await takeOverSpool('torn', undefined, store)).toBeNull()
  expect(await store.spoolIds()).toEqual(['torn'])
})

test('a released spool lets its readers go and stays where it is; a removed one is gone', async () => {
  const store = fakeSpoolStore()
  const spool = await open(store)
  const reading = numbersIn(spool)
  await spool.release()
  expect(await reading).toEqual([])
  const again = await takeOverSpool(spool.note.spoolId, undefined, store)
  await again?.remove()
  expect(await store.spoolIds()).toEqual([])
})

test('when the disk is full, what the server has already makes room', async () => {
  const store = fakeSpoolStore({ room: 4000 })
  const spool = await open(store)
  for (const number of [0, 1, 2, 3]) await spool.append(segment(number, 'main', 1000))
  await spool.confirm('main', 0)
  await spool.confirm('main', 1)
  await spool.append(segment(4, 'main', 1000))
  expect(spool.overflowing).toBe(false)
  expect([await spool.get('main', 0), (await spool.get('main', 3))?.sizeBytes]).toEqual([null, 1000])
  expect(spool.deviceMs).toBe(8000)
})

test('when nothing can make room, it goes on in memory until the server has it, and stops before memory is full too', async () => {
  const spool = await open(fakeSpoolStore({ room: 0 }))
  for (const number of [0, 1, 2]) await spool.append(segment(number, 'main', 4_000_000))
  expect([spool.overflowing, spool.trouble]).toEqual([true, 'storage-gone'])
  await spool.confirm('main', 0)
  await spool.append(segment(3, 'main', 4_000_000))
  const refused = [4, 5].map((number) => expect(spool.append(segment(number, 'main', 4_000_000))).rejects)
  for (const refusal of refused) await refusal.toMatchObject({ problem: { name: 'storage-full' } })
  await spool.close()
  expect(await numbersIn(spool)).toEqual([1, 2, 3])
  for (const number of [1, 2, 3]) await spool.confirm('main', number)
  expect(spool.overflowing).toBe(false)
})

function fakeClock() {
  vi.useFakeTimers()
  hashAtOnce()
}
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

test('a disk that does not answer is waited for once; what it takes at last is not held any more', async () => {
  fakeClock()
  const answer = deferred()
  const store = fakeSpoolStore()
  let asked = 0
  const append: SpoolStore['append'] = async (...kept) => {
    asked++
    await answer.promise
    await store.append(...kept)
  }
  const spool = await open({ ...store, append })
  const first = spool.append(segment(0, 'main', 4_000_000))
  await vi.advanceTimersByTimeAsync(5000)
  await first
  for (const number of [1, 2]) await spool.append(segment(number, 'main', 4_000_000))
  expect([asked, spool.overflowing, spool.trouble]).toEqual([1, true, 'storage-silent'])
  answer.resolve()
  await vi.advanceTimersByTimeAsync(0)
  await spool.append(segment(3))
  await spool.close()
  expect([asked, spool.overflowing]).toEqual([4, false])
  const again = await takeOverSpool(spool.note.spoolId, undefined, store)
  expect((await numbersIn(again!)).sort()).toEqual([0, 1, 2, 3])
})

test('behind a disk that never answers memory has its limit, and it is not called full', async () => {
  fakeClock()
  const spool = await open({ ...fakeSpoolStore(), append: () => new Promise(() => {}) })
  const kept = [0, 1, 2].map((number) => spool.append(segment(number, 'main', 4_000_000)))
  await vi.advanceTimersByTimeAsync(5000)
  await Promise.all(kept)
  await expect(spool.append(segment(3, 'main', 4_000_000))).rejects.toMatchObject({ problem: { name: 'storage-dead' } })
})

test.each([3000, 4000])('behind a disk that takes %i ms for two seconds of recording nothing piles up', async (afterMs) => {
  fakeClock()
  const store = slowSpoolStore(() => afterMs)
  const spool = await open(store)
  let settled = 0
  let most = 0
  for (let number = 0; number < 100; number++) {
    void spool.append(segment(number, 'main', 1_000_000)).then(() => settled++)
    await vi.advanceTimersByTimeAsync(2000)
    most = Math.max(most, number + 1 - settled)
    // The server has it four segments later.
    if (number >= 4) await spool.confirm('main', number - 4)
  }
  expect(most).toBeLessThan(4)
  expect(spool.trouble).toBe('storage-silent')
  const closed = spool.close()
  await vi.advanceTimersByTimeAsync(20_000)
  await closed
  expect([spool.lastOf('main'), spool.overflowing]).toEqual([99, false])
  expect(new SpoolContents(await store.lines(spool.note.spoolId)).total).toBe(100)
})

test('without a server a slow disk has what was recorded from the beginning on, without a hole: a crash costs the end', async () => {
  fakeClock()
  const store = slowSpoolStore(() => 4000)
  const spool = await open(store)
  for (let number = 0; number < 30; number++) {
    void spool.append(segment(number))
    await vi.advanceTimersByTimeAsync(2000)
  }
  const { entries } = new SpoolContents(await store.lines(spool.note.spoolId))
  expect(entries.length).toBeGreaterThan(12)
  expect(entries.map(({ number }) => number)).toEqual(entries.map((_, index) => index))
  expect([spool.lastOf('main'), spool.overflowing, spool.trouble]).toEqual([29, true, 'storage-silent'])
})

test('a draft that waits for the disk is not written to a spool that was given back meanwhile', async () => {
  fakeClock()
  const store = slowSpoolStore(() => 1000)
  const spool = await open(store)
  const kept = spool.append(segment(0))
  const drafted = spool.keepDraft(draft(1), 500)
  await spool.release()
  await vi.advanceTimersByTimeAsync(1000)
  await Promise.all([kept, drafted])
  expect(await store.draft(spool.note.spoolId, 'main')).toBeNull()
})

test('a disk is called well again when it takes several segments in a row', async () => {
  fakeClock()
  let afterMs = 6000
  const spool = await open(slowSpoolStore(() => afterMs))
  const keep = async (number: number) => {
    const kept = spool.append(segment(number))
    await vi.advanceTimersByTimeAsync(7000)
    await kept
    return spool.trouble
  }
  expect(await keep(0)).toBe('storage-silent')
  afterMs = 0
  const told = []
  for (const number of [1, 2, 3, 4, 5]) told.push(await keep(number))
  expect(told.lastIndexOf('storage-silent')).toBe(3)
  expect(told[4]).toBeNull()
})

test('what only the server has is known after a crash as well', async () => {
  const store = fakeSpoolStore({ room: 0 })
  const spool = await open(store)
  await spool.append(segment(0))
  await spool.confirm('main', 0)
  const again = await takeOverSpool(spool.note.spoolId, undefined, store)
  expect([again?.sent, again?.total, await again?.get('main', 0)]).toEqual([1, 1, null])
})

test('a note that the disk did not take is written before the first segment: without it nobody finds that', async () => {
  const store = fakeSpoolStore()
  let isFull = true
  const write: SpoolStore['write'] = (...line) =>
    isFull ? Promise.reject(new DOMException('full', 'QuotaExceededError')) : store.write(...line)
  const spool = await open({ ...store, write })
  isFull = false
  await spool.append(segment(0))
  await spool.append(segment(1))
  const again = await takeOverSpool(spool.note.spoolId, undefined, store)
  expect([again?.note.title, again?.lastOf('main')]).toEqual(['Title', 1])
})

test('a browser that keeps nothing still records', async () => {
  const spool = await open(nowhere)
  await spool.append(segment(0))
  await spool.close()
  expect(spool.place).toBe('nowhere')
  expect(await numbersIn(spool)).toEqual([0])
})

test('a spool that the disk does not give out, or does not let go of, is left to others', async () => {
  let held = 0
  async function request(_name: string, _options: unknown, hold: (lock: unknown) => unknown) {
    held++
    await hold({})
    held--
  }
  vi.stubGlobal('navigator', { locks: { request } })
  try {
    const store = fakeSpoolStore()
    const { note } = await open(store)
    expect(held).toBe(1)
    const gone = () => Promise.reject(new DOMException('gone', 'NotReadableError'))
    await expect(takeOverSpool(note.spoolId, undefined, { ...store, lines: gone })).rejects.toThrow('gone')
    const spool = await takeOverSpool(note.spoolId, undefined, { ...store, remove: gone })
    await expect(spool?.remove()).rejects.toThrow('gone')
    await vi.waitFor(() => expect(held).toBe(1))
  } finally {
    vi.unstubAllGlobals()
  }
})

test('where there are no locks it gives a sign of life every 15 seconds, as long as somebody has it', async () => {
  fakeClock()
  const store = fakeSpoolStore()
  const spool = await open(store)
  const beats = async () => (await store.lines(spool.note.spoolId)).filter((line) => 'aliveAt' in line).length
  await vi.advanceTimersByTimeAsync(31_000)
  expect(await beats()).toBe(2)
  await spool.release()
  await vi.advanceTimersByTimeAsync(31_000)
  expect(await beats()).toBe(2)
})
