import { within } from '../channel.ts'
import { RecordingError } from '../recording-problem.ts'
import { bitsPerSecond, cameraBitsPerSecond, recordedSize, type Segment, segmentSeconds } from '../segment.ts'
import { codedTrack } from './coded-track.ts'
import type { Change, Order, Report } from './encoder-messages.ts'
import { mediaClock } from './media-clock.ts'
import { plainLook } from './painter.ts'
import { onGrid } from './picture.ts'
import { segmenter } from './segmenter.ts'
import { openSoundEncoder } from './sound-encoder.ts'
import { soundInput } from './sound-input.ts'
import { watchdog } from './watchdog.ts'

type Open = Extract<Order, { type: 'open' }>
type Coded = Awaited<ReturnType<typeof codedTrack>>
type SoundEncoder = Awaited<ReturnType<typeof openSoundEncoder>>
/** Calls back regularly until the function that it returns is called. */
export type Every = (ms: number, tick: () => void) => () => void
const tickMs = 50
/** What a killed tab loses at the most, apart from what is on its way to the disk. */
const draftEveryMs = 500
/** An encoder that has not given out its last pictures by then is given up: what came out before is complete. */
const flushLimitMs = 5000
/** What is recorded before the sound can be encoded would be in no segment until then. Without sound there is nothing to wait for. */
const soundLimitMs = 10_000

/** Reads the tracks, keeps the picture ticking and reports segments. Moments are of `performance.now()`. Throws RecordingError. */
export async function openEncoding({ quality, content, ...streams }: Open, report: (message: Report) => void, every: Every) {
  const clock = mediaClock()
  const dog = watchdog(3 * segmentSeconds * 1000)
  let picture: Coded | null = null
  let camera: Coded | null = null
  let sound: { encoder: SoundEncoder; input: ReturnType<typeof soundInput> } | null = null
  let lastOfCamera = Promise.resolve()
  let look = plainLook
  let failed = false
  let stalled = false
  let draftedAt = 0

  function fail(error: unknown) {
    if (!failed) report({ type: 'failed', problem: 'encoder-failed', reason: String(error) })
    failed = true
  }
  function emit(segment: Segment) {
    if (segment.track === 'main' && !segment.draft) dog.feed(performance.now())
    report({ type: 'segment', segment })
    // What waited behind it has no draft any more.
    if (!segment.draft) draftedAt = 0
  }
  const main = segmenter({ track: 'main', picture: !!streams.picture, sound: !!streams.sound, emit, onError: fail })
  const beside = segmenter({ track: 'camera', picture: true, sound: false, emit, onError: loseCamera })

  async function openPicture() {
    if (!streams.picture) return
    picture = await codedTrack(streams.picture, {
      clock,
      content,
      sizeOf: ({ width, height }) => recordedSize(width, height, quality),
      bitrateOf: (size) => bitsPerSecond(size, content),
      look: () => look,
      onPicture: main.addPicture,
      onEnd: () => undefined,
      onGivenUp: fail,
    })
  }
  async function openCamera() {
    if (!streams.camera) return
    const opening = codedTrack(streams.camera, {
      clock,
      content: 'motion',
      sizeOf: ({ width, height }) => recordedSize(width, height, '720p'),
      bitrateOf: cameraBitsPerSecond,
      // Strokes are drawn on what is shown, not on who shows it.
      look: () => (look.private ? privateLook : plainLook),
      onPicture: beside.addPicture,
      onEnd: endCamera,
      onGivenUp: loseCamera,
    })
    camera = await opening.catch(() => {
      report({ type: 'trouble', problem: 'camera-busy' })
      return null
    })
  }
  async function openSound() {
    if (!streams.sound) return
    try {
      const encoder = await openSoundEncoder({ onSound: main.addSound, onError: loseSound })
      sound = { encoder, input: soundInput(streams.sound, clock, encoder) }
      await within(soundLimitMs, encoder.ready, () => new RecordingError('sound-failed')).catch(() => undefined)
    } catch {
      loseSound()
    }
  }

  function loseSound() {
    sound?.input.close()
    sound?.encoder.close()
    sound = null
    if (!streams.picture) return fail('nothing else is recorded')
    main.endSound()
    report({ type: 'trouble', problem: 'sound-failed' })
  }
  /** The camera was unplugged: what it has shown is kept. */
  function endCamera() {
    const ending = camera
    camera = null
    ending?.end(clock.at(performance.now()))
    if (ending) lastOfCamera = finishPicture(ending).then(beside.finish)
  }
  function loseCamera() {
    if (!camera) return
    camera.close()
    camera = null
    report({ type: 'trouble', problem: 'camera-failed' })
    lastOfCamera = beside.finish()
  }
  const pictures = () => [picture, camera].filter((each) => each !== null)

  let stopTicking = () => {}
  /** Lets go of everything, and gives up what has not come out. */
  function close() {
    stopTicking()
    for (const each of pictures()) each.close()
    sound?.input.close()
    sound?.encoder.close()
  }
  const opening = [openPicture(), openCamera(), openSound()]
  await Promise.all(opening).catch((error) => {
    void Promise.allSettled(opening).then(close)
    throw error
  })
  /** After a pause too, until the last pictures before it have come out. */
  function draft(nowMs: number) {
    if (nowMs - draftedAt < draftEveryMs) return
    draftedAt = nowMs
    main.draft()
    beside.draft()
  }
  function tick() {
    draft(performance.now())
    if (!clock.running) return
    const nowMs = clock.at(performance.now())
    for (const each of pictures()) each.tick(nowMs)
    sound?.input.tick(nowMs)
    const health = dog.check(performance.now())
    if (health === 'nudge') picture?.force(nowMs)
    if ((health === 'stalled') !== stalled) {
      stalled = health === 'stalled'
      report({ type: 'stalled', stalled })
    }
  }
  stopTicking = every(tickMs, tick)
  const openedAt = performance.now()

  /** The media time at which it halts. */
  function halt(at: number): number {
    const wasRunning = clock.running
    clock.pause(at)
    const endMs = clock.at(at)
    if (wasRunning) for (const each of pictures()) each.end(endMs)
    return endMs
  }
  function run(atMs: number) {
    for (const each of pictures()) each.begin(atMs)
    sound?.input.begin()
    dog.feed(performance.now())
  }
  return {
    /** The picture begins with the frame that is there: what was asked for while there was none begins now. */
    start(at: number) {
      const from = Math.max(at, openedAt)
      clock.start(from)
      run(0)
      report({ type: 'started', at: performance.timeOrigin + from })
    },
    pause(at: number) {
      halt(at)
    },
    resume(at: number) {
      clock.resume(at)
      run(clock.at(at))
    },
    change(change: Change) {
      if (change.type === 'replace') picture?.replace(change.picture)
      else {
        look = change.type === 'draw' ? { ...look, strokes: change.strokes } : { ...look, private: change.on }
        if (change.type === 'private') sound?.input.setPrivate(change.on)
        tick()
      }
    },
    close,
    async stop(at: number) {
      stopTicking()
      const endMs = onGrid(halt(at))
      sound?.input.end(endMs)
      sound?.input.close()
      await Promise.all([...pictures().map(finishPicture), sound && bounded(sound.encoder.flush())])
      await Promise.all([main.finish(), camera ? beside.finish() : lastOfCamera])
      report({ type: 'stopped' })
    },
  }
}

const privateLook = { ...plainLook, private: true }

const bounded = (flushed: Promise<unknown>) =>
  within(flushLimitMs, flushed, () => new RecordingError('encoder-failed')).catch(() => undefined)

async function finishPicture(track: Coded) {
  await bounded(track.flush())
  track.close()
}
