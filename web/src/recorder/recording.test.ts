import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Capture, Choice } from './capture.ts'
import { channel, deferred } from './channel.ts'
import type { Encoding } from './encoder.ts'
import { Recording } from './recording.svelte.ts'
import { RecordingError } from './recording-problem.ts'
import type { RecordingNeeds } from './recording-state.ts'
import type { Segment } from './segment.ts'
import { openSpool } from './spool.ts'

const choice: Choice = { source: 'screen', camera: null, microphone: 'default', quality: '1080p' }
const segment = (number: number): Segment => ({ track: 'main', number, bytes: new Uint8Array([number]), durationMs: 2000 })

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function studio(needs: Partial<RecordingNeeds> = {}) {
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
    setMuted: () => {},
    changeMicrophone: async () => {},
    shareAnother: async () => null,
    stop: note('released'),
  }
  const encoding: Encoding = {
    segments: segments.items,
    start: async () => 0,
    pause: note('paused'),
    resume: note('resumed'),
    async stop() {
      did.push('stopped')
      segments.push(segment(2))
      segments.end()
    },
    cancel: () => segments.end(),
    setPrivate: () => {},
    replacePicture: () => {},
    draw: () => {},
  }
  let now = 0
  const recording = new Recording({
    acquire: async () => capture,
    encode: () => encoding,
    openSpool,
    upload: async (spool) => {
      for await (const { number } of spool.read(0)) did.push(`sent ${number}`)
    },
    createUpdate: async () => ({ id: 'update', url: 'https://here/u/update', videoId: 'video' }),
    deleteUpdate: async (id) => void did.push(`deleted ${id}`),
    now: () => now,
    pause: () => Promise.resolve(),
    ...needs,
  })
  async function started() {
    void recording.start(choice, 'Title')
    await vi.advanceTimersByTimeAsync(3000)
    return recording
  }
  return {
    recording,
    started,
    did,
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
  void recording.start(choice, 'Title')
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
  void recording.start(choice, 'Title')
  await vi.advanceTimersByTimeAsync(10)
  recording.skipCountdown()
  await vi.advanceTimersByTimeAsync(0)
  expect(recording.state.name).toBe('recording')
})

test('closing the picker is no error', async () => {
  const { recording } = studio({ acquire: async () => null })
  await recording.start(choice, 'Title')
  expect(recording.state).toEqual({ name: 'idle' })
})

test('a blocked camera is told with a next step', async () => {
  const { recording } = studio({ acquire: () => Promise.reject(new RecordingError('camera-blocked')) })
  await recording.start(choice, 'Title')
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
  const upload: RecordingNeeds['upload'] = async (spool) => {
    for await (const { number } of spool.read(0)) {
      if (!signedIn) throw new RecordingError('signed-out')
      await spool.confirm(number)
    }
  }
  const { started, segments } = studio({ upload })
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

test('an update that could not be created is created when sending is tried again, and nothing is lost', async () => {
  let signedIn = false
  const createUpdate = async () => {
    if (!signedIn) throw new RecordingError('signed-out')
    return { id: 'late', url: 'https://here/u/late', videoId: 'video' }
  }
  const { started, segments, did } = studio({ createUpdate })
  const recording = await started()
  segments.push(segment(0))
  segments.push(segment(1))
  await recording.stop()
  expect(recording.state).toMatchObject({ name: 'failed', recoverable: true })
  signedIn = true
  await recording.retry()
  expect(recording.state).toEqual({ name: 'done', updateId: 'late' })
  expect(did).toEqual(expect.arrayContaining(['sent 0', 'sent 1', 'sent 2']))
})

test('discarding deletes the update and lets go of the screen', async () => {
  const { started, did } = studio()
  const recording = await started()
  await recording.discard()
  expect(recording.state).toEqual({ name: 'idle' })
  expect(did).toEqual(expect.arrayContaining(['released', 'deleted update']))
})

test('discarding while the update is being created deletes it afterwards', async () => {
  const created = deferred<{ id: string; url: string; videoId: string }>()
  const { started, did } = studio({ createUpdate: () => created.promise })
  const recording = await started()
  await recording.discard()
  created.resolve({ id: 'late', url: '', videoId: 'video' })
  await vi.advanceTimersByTimeAsync(0)
  expect(did).toContain('deleted late')
  expect(recording.state).toEqual({ name: 'idle' })
})

test('stopping during the countdown records nothing', async () => {
  const { recording, ended, did } = studio()
  void recording.start(choice, 'Title')
  await vi.advanceTimersByTimeAsync(500)
  ended.resolve()
  await vi.advanceTimersByTimeAsync(5000)
  expect(recording.state).toEqual({ name: 'idle' })
  expect(did).toEqual(['released'])
})

test('after a discarded recording the next one starts afresh', async () => {
  const { recording, started } = studio()
  await started()
  await recording.discard()
  void recording.start(choice, 'Title')
  await vi.advanceTimersByTimeAsync(3000)
  expect(recording.state.name).toBe('recording')
  expect(recording.warnings).toEqual([])
})
