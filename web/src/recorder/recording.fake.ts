import { afterEach, beforeEach, vi } from 'vitest'
import type { Capture, Choice } from './capture/capture.ts'
import { channel, deferred } from './channel.ts'
import type { Encoding } from './encoding/encoder.ts'
import { Recording } from './recording.svelte.ts'
import type { RecordingNeeds } from './recording-state.ts'
import type { Segment } from './segment.ts'
import { hashAtOnce } from './spool/sha256.fake.ts'
import { openSpool } from './spool/spool.ts'
import { fakeSpoolStore } from './spool/spool-store.fake.ts'

export const choice: Choice = { source: 'screen', camera: null, microphone: 'default', quality: '1080p' }
export const plan = { title: 'Title' }
export const segment = (number: number): Segment => ({ track: 'main', number, bytes: new Uint8Array([number]), durationMs: 2000 })

/** An encoding that gives nothing of itself. */
export function fresh(): Encoding {
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

/** Time stands still in every test of the file, until it is told to pass. */
export function fakeTime() {
  beforeEach(() => {
    vi.useFakeTimers()
    hashAtOnce()
  })
  afterEach(() => {
    vi.useRealTimers()
    vi.restoreAllMocks()
  })
}

/** A recording whose devices, encoder, upload and clock are in the hands of a test. `did` is what it asked of them, in order. */
export function studio(needs: Partial<RecordingNeeds> = {}, storeOptions = {}) {
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
    hasMicrophone: true,
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
    workspaceId: 'engines',
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
    deleteRecorded: async ({ updateId }) => void did.push(`deleted ${updateId}`),
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
