import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Capture, Choice } from './capture.ts'
import { channel, deferred } from './channel.ts'
import type { Encoding } from './encoder.ts'
import { Recording } from './recording.svelte.ts'
import { RecordingError } from './recording-problem.ts'
import type { RecordingNeeds } from './recording-state.ts'
import type { Segment } from './segment.ts'
import { openSpool, takeOverSpool } from './spool.ts'
import { fakeSpoolStore } from './spool-store.fake.ts'

const choice: Choice = { source: 'screen', camera: null, microphone: 'default', quality: '1080p' }
const plan = { title: 'Title' }
const segment = (number: number): Segment => ({ track: 'main', number, bytes: new Uint8Array([number]), durationMs: 2000 })

function fresh(): Encoding {
  const segments = channel<Segment>()
  const nothing = () => {}
  return {
    segments: segments.items,
    start: async () => 0,
    pause: nothing,
    resume: nothing,
    stop: async () => segments.end(),
    cancel: () => segments.end(),
    setPrivate: nothing,
    replacePicture: nothing,
    draw: nothing,
  }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function studio(needs: Partial<RecordingNeeds> = {}, storeOptions = {}) {
  const store = fakeSpoolStore(storeOptions)
  const ended = deferred()
  const segments = channel<Segment>()
  const did: string[] = []
  const note = (what: string) => () => void did.push(what)
  const capture: Capture = {
    source: 'screen',
    picture: {} as MediaStreamTrack,
    camera: null,
    sound: null,
    level: () => 0,
    warnings: [],
    ended: ended.promise,
    onMicrophoneLost: () => {},
    onCameraLost: () => {},
    setMuted: (muted) => void did.push(muted ? 'muted' : 'unmuted'),
    changeMicrophone: async (id) => void did.push(`microphone ${id}`),
    shareAnother: async () => ({}) as MediaStreamTrack,
    stop: note('released'),
  }
  const encoding: Encoding = {
    segments: segments.items,
    start: async () => 0,
    pause: note('paused'),
    resume: note('resumed'),
    setPrivate: (on) => void did.push(on ? 'private' : 'public'),
    replacePicture: note('other picture'),
    draw: (strokes) => void did.push(`drew ${strokes.length}`),
    async stop() {
      did.push('stopped')
      segments.push(segment(2))
      segments.end()
    },
    cancel: () => segments.end(),
  }
  let now = 0
  const recording = new Recording({
    acquire: async () => capture,
    encode: () => encoding,
    userId: 'ada',
    openSpool: (note) => openSpool(note, store),
    async send(spool, { onUpdate, onProgress }) {
      onUpdate?.({ id: 'update', url: 'https://here/u/update', videoId: 'video' })
      for await (const { track, number } of spool.read()) {
        did.push(`sent ${number}`)
        await spool.confirm(track, number)
        onProgress({ sent: spool.sent, total: spool.total, trouble: null })
      }
      await spool.remove()
    },
    dropDiscarded: async () => void did.push('dropped'),
    roomLeft: async () => null,
    deleteUpdate: async (id) => void did.push(`deleted ${id}`),
    now: () => now,
    ...needs,
  })
  async function started() {
    void recording.start(choice, plan)
    await vi.advanceTimersByTimeAsync(3000)
    return recording
  }
  return {
    recording,
    started,
    did,
    store,
    capture,
    ended,
    segments,
    encoding,
    pass: (ms: number) => {
      now += ms
    },
  }
}

test('a recording counts down from three, is recorded, sent and becomes an update', async () => {
  const { recording, did, segments } = studio()
  void recording.start(choice, plan)
  const seen: number[] = []
  for (let second = 0; second < 3; second++) {
    await vi.advanceTimersByTimeAsync(second === 0 ? 0 : 1000)
    if (recording.state.name === 'countdown') seen.push(recording.state.seconds)
  }
  expect(seen).toEqual([3, 2, 1])
  await vi.advanceTimersByTimeAsync(1000)
  expect(recording.state.name).toBe('recording')
  segments.push(segment(0))
  segments.push(segment(1))
  await recording.stop()
  expect(recording.state).toEqual({ name: 'done', updateId: 'update' })
  expect(did).toEqual(expect.arrayContaining(['stopped', 'released', 'sent 0', 'sent 1', 'sent 2']))
})

test('the countdown can be skipped', async () => {
  const { recording } = studio()
  void recording.start(choice, plan)
  await vi.advanceTimersByTimeAsync(10)
  recording.skipCountdown()
  await vi.advanceTimersByTimeAsync(0)
  expect(recording.state.name).toBe('recording')
})

test('closing the picker is no error', async () => {
  const { recording } = studio({ acquire: async () => null })
  await recording.start(choice, plan)
  expect(recording.state).toEqual({ name: 'idle' })
})

test('a blocked camera is told with a next step', async () => {
  const { recording } = studio({ acquire: () => Promise.reject(new RecordingError('camera-blocked')) })
  await recording.start(choice, plan)
  expect(recording.state).toMatchObject({ name: 'failed', problem: { name: 'camera-blocked' }, recoverable: false })
})

test('a pause takes no time', async () => {
  const { started, pass } = studio()
  const recording = await started()
  pass(4000)
  recording.pause()
  pass(60_000)
  expect(recording.state).toEqual({ name: 'paused', elapsedMs: 4000 })
  recording.resume()
  pass(1000)
  expect(recording.elapsedMs).toBe(5000)
})

test('stopping twice stops once', async () => {
  const { started, did } = studio()
  const recording = await started()
  await Promise.all([recording.stop(), recording.stop()])
  await recording.stop()
  expect(did.filter((what) => what === 'stopped')).toHaveLength(1)
})

test("the browser's own stop button ends it like ours", async () => {
  const { started, ended } = studio()
  const recording = await started()
  ended.resolve()
  await vi.waitFor(() => expect(recording.state).toEqual({ name: 'done', updateId: 'update' }))
})

test('an encoder that does not stop is left behind, and what it gave before is kept', async () => {
  const { started, encoding, segments, did } = studio()
  encoding.stop = () => new Promise(() => {})
  const recording = await started()
  segments.push(segment(0))
  segments.push(segment(1))
  void recording.stop()
  await vi.advanceTimersByTimeAsync(10_000)
  await vi.waitFor(() => expect(recording.state.name).toBe('done'))
  expect(did).toContain('sent 1')
})

test('an encoder that fails ends the recording with what came before', async () => {
  const { started, segments, did } = studio()
  const recording = await started()
  segments.push(segment(0))
  segments.push(segment(1))
  segments.end(new RecordingError('encoder-failed'))
  await vi.waitFor(() => expect(recording.state.name).toBe('done'))
  expect(recording.warnings).toMatchObject([{ name: 'encoder-failed' }])
  expect(did).toContain('sent 1')
})

test('a refused upload warns while it records, can be tried again after the stop, and then succeeds', async () => {
  let signedIn = false
  const send: RecordingNeeds['send'] = async (spool, { onUpdate }) => {
    onUpdate?.({ id: 'update', url: '', videoId: 'video' })
    for await (const { track, number } of spool.read()) {
      if (!signedIn) throw new RecordingError('signed-out')
      await spool.confirm(track, number)
    }
  }
  const { started, segments } = studio({ send })
  const recording = await started()
  segments.push(segment(0))
  await vi.waitFor(() => expect(recording.warnings).toMatchObject([{ name: 'signed-out' }]))
  expect(recording.state.name).toBe('recording')
  await recording.stop()
  expect(recording.state).toMatchObject({ name: 'failed', recoverable: true })
  signedIn = true
  await recording.retry()
  expect(recording.state).toEqual({ name: 'done', updateId: 'update' })
})

test('it starts and goes on without a network, and what was recorded is there when sending works at last', async () => {
  let online = false
  const send: RecordingNeeds['send'] = async (spool, { onUpdate }) => {
    if (!online) throw new RecordingError('signed-out')
    onUpdate?.({ id: 'late', url: 'https://here/u/late', videoId: 'video' })
    await spool.remove()
  }
  const { started, segments, store } = studio({ send })
  const recording = await started()
  segments.push(segment(0))
  segments.push(segment(1))
  await recording.stop()
  expect(recording.state).toMatchObject({ name: 'failed', recoverable: true })
  expect(recording.deviceMs).toBe(6000)
  expect(store.used()).toBe(3)
  online = true
  await recording.retry()
  expect(recording.state).toEqual({ name: 'done', updateId: 'late' })
  expect(await store.spoolIds()).toEqual([])
})

test('what the server will never take stays on this device, and is let go of', async () => {
  const { started, segments, store, did } = studio({
    send: () => Promise.reject(new RecordingError('update-gone')),
  })
  const recording = await started()
  segments.push(segment(1))
  await recording.stop()
  expect(recording.state).toMatchObject({ name: 'failed', recoverable: false })
  await recording.leave()
  expect(did.some((what) => what.startsWith('deleted'))).toBe(false)
  expect(store.used()).toBe(2)
})

test('both counters are honest: what is on this device, and what is safe on the server', async () => {
  const confirmed = deferred()
  const send: RecordingNeeds['send'] = async (spool, { onProgress }) => {
    for await (const { track, number } of spool.read()) {
      if (number === 1) await confirmed.promise
      await spool.confirm(track, number)
      onProgress({ sent: spool.sent, total: spool.total, trouble: null })
    }
  }
  const { started, segments } = studio({ send })
  const recording = await started()
  segments.push({ ...segment(0), durationMs: 0 })
  segments.push(segment(1))
  await vi.waitFor(() => expect(recording.deviceMs).toBe(2000))
  expect(recording.serverMs).toBe(0)
  confirmed.resolve()
  await vi.waitFor(() => expect(recording.serverMs).toBe(2000))
})

test('leaving keeps what was recorded for whoever comes next', async () => {
  const send: RecordingNeeds['send'] = async (_, { signal }) =>
    new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
  const { started, segments, store, did } = studio({ send })
  const recording = await started()
  segments.push(segment(0))
  segments.push(segment(1))
  await recording.leave()
  expect(did).toEqual(expect.arrayContaining(['stopped', 'released']))
  expect(did).not.toContain('deleted update')
  const [spoolId = ''] = await store.spoolIds()
  const spool = await takeOverSpool(spoolId, undefined, store)
  expect(spool?.note).toMatchObject({ userId: 'ada', title: 'Title', closed: true })
  expect(spool?.lastOf('main')).toBe(2)
})

test('what is discarded stays on this device until the next recording, and is not sent', async () => {
  const { started, segments, store } = studio({ send: async () => {} })
  const recording = await started()
  segments.push(segment(0))
  await vi.waitFor(() => expect(recording.deviceMs).toBe(2000))
  await recording.discard()
  const [spoolId = ''] = await store.spoolIds()
  expect((await takeOverSpool(spoolId, undefined, store))?.note).toMatchObject({ discarded: true, withdrawn: true })
})

test('when nothing more fits anywhere, it stops early and keeps what is there', async () => {
  const send: RecordingNeeds['send'] = async (spool, { onUpdate }) => {
    onUpdate?.({ id: 'update', url: '', videoId: 'video' })
    for await (const _ of spool.read());
  }
  const { started, segments } = studio({ send }, { room: 0 })
  const recording = await started()
  segments.push({ ...segment(0), bytes: new Uint8Array(8_000_000) })
  await vi.waitFor(() => expect(recording.warnings).toMatchObject([{ name: 'storage-gone' }]))
  segments.push({ ...segment(1), bytes: new Uint8Array(8_000_000) })
  await vi.waitFor(() => expect(recording.state).toEqual({ name: 'done', updateId: 'update' }))
  expect(recording.warnings.map(({ name }) => name)).toContain('storage-full')
})

test.each([
  [29, 'storage-short'],
  [31, undefined],
])('with room for %i minutes it says before recording: %s', async (minutes, name) => {
  const { recording } = studio({ roomLeft: async () => ({ bytes: 1, ms: minutes * 60_000 }) })
  expect((await recording.checkRoom())?.name).toBe(name)
})

test.each([
  [9, 'storage-low'],
  [1, 'storage-very-low'],
])('while recording, with room for %i minutes it says: %s', async (minutes, name) => {
  const { started, segments } = studio({ roomLeft: async () => ({ bytes: 1, ms: minutes * 60_000 }) })
  const recording = await started()
  segments.push({ ...segment(0), durationMs: 12_000 })
  await vi.waitFor(() => expect(recording.warnings.map((warning) => warning.name)).toEqual([name]))
})

test('what the person does while it records reaches picture, sound and chapters', async () => {
  const { started, did, pass } = studio()
  const recording = await started()
  recording.setMuted(true)
  recording.setPrivate(true)
  recording.draw([])
  await recording.changeMicrophone('usb')
  await recording.shareAnother()
  pass(4000)
  recording.mark()
  recording.mark('Demo')
  expect(did).toEqual(expect.arrayContaining(['muted', 'private', 'drew 0', 'microphone usb', 'other picture']))
  expect([recording.muted, recording.isPrivate]).toEqual([true, true])
  expect(recording.markers).toEqual([
    { atMs: 4000, title: 'Marker 1' },
    { atMs: 4000, title: 'Demo' },
  ])
})

test('beginning again keeps the sources, and throws away only what was recorded', async () => {
  const { started, did } = studio({ encode: () => fresh() })
  const recording = await started()
  void recording.restart()
  await vi.advanceTimersByTimeAsync(10)
  expect(recording.state).toEqual({ name: 'countdown', seconds: 3 })
  await vi.advanceTimersByTimeAsync(3000)
  expect(recording.state.name).toBe('recording')
  expect(did.some((what) => what.startsWith('deleted'))).toBe(true)
  expect(did).not.toContain('released')
})

test('discarding deletes the update and lets go of the screen', async () => {
  const { started, did } = studio()
  const recording = await started()
  await recording.discard()
  expect(recording.state).toEqual({ name: 'idle' })
  expect(did).toContain('released')
  expect(did.filter((what) => what.startsWith('deleted'))).toHaveLength(1)
})

test('discarding while the update is being created deletes it afterwards', async () => {
  const created = deferred()
  const { started, did } = studio({ send: () => created.promise })
  const recording = await started()
  void recording.discard()
  await vi.advanceTimersByTimeAsync(0)
  expect(did.some((what) => what.startsWith('deleted'))).toBe(false)
  created.resolve()
  await vi.advanceTimersByTimeAsync(0)
  expect(did.some((what) => what.startsWith('deleted'))).toBe(true)
  expect(recording.state).toEqual({ name: 'idle' })
})

test('stopping during the countdown records nothing', async () => {
  const { recording, ended, did } = studio()
  void recording.start(choice, plan)
  await vi.advanceTimersByTimeAsync(500)
  ended.resolve()
  await vi.advanceTimersByTimeAsync(5000)
  expect(recording.state).toEqual({ name: 'idle' })
  expect(did).toContain('released')
  expect(did).not.toContain('stopped')
})

test('after a discarded recording the next one starts afresh', async () => {
  const { recording, started } = studio()
  await started()
  await recording.discard()
  void recording.start(choice, plan)
  await vi.advanceTimersByTimeAsync(3000)
  expect(recording.state.name).toBe('recording')
  expect(recording.warnings).toEqual([])
})
