import type { Track } from '@meanwhile/shared/contract/videos'
import { type Segment, segmentSeconds } from '../segment.ts'
import { mux } from './mux.ts'
import { silentSound } from './silent-sound.ts'
import type { CodedSound } from './sound-encoder.ts'
import type { CodedPicture } from './video-encoder.ts'

type Options = { track: Track; picture: boolean; sound: boolean; emit(segment: Segment): void; onError(error: unknown): void }

/** Pictures wait so long for sound that is late: then they go on with silence, because only what is in a segment is safe. */
const patienceSeconds = 4

/**
 * Cuts coded picture and sound into numbered segments: at each key frame, or every two seconds where there is only sound. Whenever what is
 * needed to decode them changes, another init segment goes first.
 */
export function segmenter({ track, picture, emit, onError, ...options }: Options) {
  let pictures: CodedPicture[] = []
  let sounds: CodedSound[] = []
  let hasSound = options.sound
  let soundConfig: AudioDecoderConfig | undefined
  /** Where the sound has got to, in seconds; some encoders begin a little before zero. */
  let heardUntil = Number.NEGATIVE_INFINITY
  let initOf: { picture: VideoDecoderConfig | undefined; sound: boolean } | null = null
  let number = 0
  let written = Promise.resolve()
  /** The ends of picture and sound of the last draft, added up: it is no other one as long as they are the same. */
  let draftReach = 0

  /** Where the segment that is being filled ends, in seconds; null when that is not known yet. */
  function end(): number | null {
    if (picture) return pictures.find(({ packet }, index) => index > 0 && packet.type === 'key')?.packet.timestamp ?? null
    const [first] = sounds
    return first ? (Math.floor(first.packet.timestamp / segmentSeconds + 0.01) + 1) * segmentSeconds : null
  }
  const soundReaches = (seconds: number) => !hasSound || (sounds.at(-1)?.packet.timestamp ?? -1) >= seconds

  const isOverdue = (seconds: number) =>
    picture && soundConfig !== undefined && (pictures.at(-1)?.packet.timestamp ?? 0) - seconds > patienceSeconds

  function cut() {
    for (let at = end(); at !== null && (soundReaches(at) || isOverdue(at)); at = end()) write(at)
  }
  /** What never came, or comes too late, is silent. */
  function silenceUntil(seconds: number) {
    if (!hasSound || !soundConfig) return
    const silent = silentSound(soundConfig, heardUntil, seconds)
    sounds.push(...silent)
    heardUntil = Math.max(heardUntil, endOf(silent))
  }
  /** A picture lasts until the next one begins, even if the encoder lost some between them: else what follows would be played too early. */
  function lasting(shown: CodedPicture[], untilSeconds: number): CodedPicture[] {
    const last = shown.at(-1)
    if (!last || untilSeconds === Number.POSITIVE_INFINITY) return shown
    const packet = last.packet.clone({ duration: untilSeconds - last.packet.timestamp })
    return [...shown.slice(0, -1), { ...last, packet }]
  }
  function write(untilSeconds: number) {
    if (picture) silenceUntil(Math.min(untilSeconds, endOf(pictures)))
    const before = ({ packet }: { packet: { timestamp: number } }) => packet.timestamp < untilSeconds
    const [shown, heard] = [lasting(pictures.filter(before), untilSeconds), sounds.filter(before)]
    pictures = pictures.slice(shown.length)
    sounds = sounds.slice(heard.length)
    if (shown.length + heard.length === 0 || (picture && shown.length === 0)) return
    hand(shown, heard, emit)
    number++
  }
  /** Muxes a segment with the next number, after its init segment if that is another one, which takes a number for good. */
  function hand(shown: CodedPicture[], heard: CodedSound[], take: (segment: Segment) => void) {
    const needs = { picture: shown[0]?.config, sound: hasSound || heard.length > 0 }
    const isNew = !initOf || initOf.picture !== needs.picture || initOf.sound !== needs.sound
    initOf = needs
    const numbers = { init: isNew ? number++ : null, media: number }
    const config = needs.sound ? soundConfig : undefined
    written = written
      .then(() => mux({ track, pictures: shown, sounds: heard, soundConfig: config, numbers }, take))
      .catch(onError)
  }

  return {
    addPicture(coded: CodedPicture) {
      pictures.push(coded)
      cut()
    },
    addSound(coded: CodedSound) {
      const { timestamp, duration } = coded.packet
      if (!hasSound || timestamp < heardUntil - duration / 2) return
      soundConfig = coded.config
      sounds.push(coded)
      heardUntil = timestamp + duration
      cut()
    },
    /**
     * Hands over what has come since the last segment, if that is more than before. Sound that is late is missing in it, and several
     * segments may wait for that: a picture without it is better than none.
     */
    draft() {
      if (hasSound && !soundConfig) return
      const shown = pictures.filter(({ config }) => config === pictures[0]?.config)
      const until = picture ? endOf(shown) : endOf(sounds)
      const heard = sounds.filter(({ packet }) => packet.timestamp < until)
      const reach = until + endOf(heard)
      if (shown.length + heard.length === 0 || (picture && shown.length === 0) || reach === draftReach) return
      draftReach = reach
      hand(shown, heard, (segment) => emit(segment.durationMs > 0 ? { ...segment, draft: true } : segment))
    },
    /** No more sound will come; the picture goes on without it. */
    endSound() {
      hasSound = false
      cut()
    },
    /** Hands over what is left as the last segment. */
    async finish() {
      cut()
      write(Number.POSITIVE_INFINITY)
      await written
    },
  }
}

/** When the last of them ends, in seconds. */
function endOf(coded: { packet: { timestamp: number; duration: number } }[]): number {
  const last = coded.at(-1)?.packet
  return last ? last.timestamp + last.duration : Number.NEGATIVE_INFINITY
}
