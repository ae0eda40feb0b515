import { mix } from '../../../web/src/recorder/capture/mix.ts'
import { type EncoderOptions, encode } from '../../../web/src/recorder/encoding/encoder.ts'
import type { Segment } from '../../../web/src/recorder/segment.ts'
import { text } from './text.ts'

/** A page in which the encoder records what is painted and played here: every second a flash and a beep together. */

export type Taken = Omit<Segment, 'bytes' | 'draft'> & { base64: string }
type Wishes = Partial<Pick<EncoderOptions, 'quality' | 'content'>> & {
  picture?: boolean | 'text' | 'wall'
  camera?: boolean
  sound?: boolean
}

const flashMs = 150
const lines = Array.from({ length: 30 }, (_, index) => text.slice(index * 7, index * 7 + 14).join(' '))

function canvas(width: number, height: number) {
  // Outside of the document: showing them would take what the encoder needs.
  const element = Object.assign(document.createElement('canvas'), { width, height })
  const paper = element.getContext('2d', { alpha: false }) as CanvasRenderingContext2D
  return { element, paper }
}

/** A canvas that is grey, and white while it flashes. */
function scenery(width: number, height: number) {
  const { element, paper } = canvas(width, height)
  return {
    element,
    paint(lit: boolean) {
      paper.fillStyle = lit ? 'white' : '#404040'
      paper.fillRect(0, 0, element.width, element.height)
      // Something moves all the time, so that frames keep coming.
      paper.fillStyle = '#505050'
      paper.fillRect((performance.now() / 10) % element.width, 0, 4, 4)
    },
  }
}

/** The same, painted only when it changes: a large one takes long. */
function still(sight: ReturnType<typeof scenery>) {
  let shown: boolean | undefined
  return {
    ...sight,
    paint(lit: boolean) {
      if (shown !== lit) sight.paint(lit)
      shown = lit
    },
  }
}

/** A page of small text, as it is in an editor or a table. It stands still, but for a caret that blinks. */
function written() {
  const { element, paper } = canvas(1280, 720)
  paper.fillStyle = 'white'
  paper.fillRect(0, 0, element.width, element.height)
  paper.fillStyle = '#222'
  paper.font = '12px sans-serif'
  for (const [index, line] of lines.entries()) paper.fillText(line, 24, 32 + index * 22)
  return {
    element,
    paint() {
      paper.fillStyle = performance.now() % 1000 < 500 ? '#222' : 'white'
      paper.fillRect(element.width - 20, 20, 2, 14)
    },
  }
}

function beeper() {
  const context = new AudioContext({ sampleRate: 48_000 })
  const gain = new GainNode(context, { gain: 0 })
  const tone = new OscillatorNode(context, { frequency: 1000 })
  tone.connect(gain)
  tone.start()
  return {
    /** A microphone that hears the beeps. */
    microphone() {
      const destination = context.createMediaStreamDestination()
      gain.connect(destination)
      return destination.stream.getAudioTracks()[0] as MediaStreamTrack
    },
    sound(on: boolean) {
      gain.gain.setValueAtTime(on ? 0.5 : 0, context.currentTime)
    },
  }
}

const stage = scenery(640, 360)
const face = scenery(320, 240)
const wall = still(scenery(3840, 2160))
const page = written()
const beep = beeper()
/** Only what is recorded is painted: the largest of them takes long. */
const painted = new Set<{ paint(lit: boolean): void }>()
let lit = false
function play() {
  const now = performance.now() % 1000 < flashMs
  if (now !== lit) beep.sound(now)
  lit = now
  for (const each of painted) each.paint(lit)
}
setInterval(play, 16)

function trackOf(sight: typeof stage | typeof page) {
  painted.add(sight)
  return sight.element.captureStream(30).getVideoTracks()[0] as MediaStreamTrack
}

function base64(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192))
  return btoa(text)
}

function record({ picture = true, camera = false, sound = true, quality = '1080p', content = 'detail' }: Wishes) {
  const taken: Taken[] = []
  const troubles: string[] = []
  const mixed = sound ? mix(beep.microphone()) : null
  let beganAt = 0
  let pausedAt = 0
  const tracks = {
    picture: picture ? trackOf(picture === 'text' ? page : picture === 'wall' ? wall : stage) : null,
    camera: camera ? trackOf(face) : null,
    sound: mixed?.track ?? null,
  }
  const encoding = encode(tracks, {
    quality,
    content,
    onStalled: () => undefined,
    onTrouble: (name) => void troubles.push(name),
  })
  const read = (async () => {
    for await (const { bytes, draft, ...facts } of encoding.segments) {
      if (!draft) taken.push({ ...facts, base64: base64(bytes) })
    }
  })().catch((error) => void troubles.push(`ended: ${error.message}`))
  /** How much has been recorded by the recorder's own clock, in seconds. */
  const seconds = () => (performance.now() - beganAt) / 1000
  return {
    encoding,
    tracks,
    changeMicrophone: () => mixed?.setVoice(beep.microphone()),
    async start() {
      const recordedMs = await encoding.start()
      beganAt = performance.now() - recordedMs
    },
    pause() {
      encoding.pause()
      pausedAt = performance.now()
    },
    resume() {
      encoding.resume()
      beganAt += performance.now() - pausedAt
    },
    seconds,
    taken,
    troubles,
    async stop() {
      const recordedMs = seconds() * 1000
      await encoding.stop()
      await read
      return { taken, troubles, recordedMs }
    },
  }
}

const studio = {
  record,
  pageOfText: page.element,
  other: () => trackOf(face),
  maximise: () => void Object.assign(stage.element, { width: 1280, height: 720 }),
  running: undefined as ReturnType<typeof record> | undefined,
}
export type Studio = typeof studio
Object.assign(globalThis, { studio })
