import type { Track } from '@meanwhile/shared/contract/videos'
import { mux } from './mux.ts'
import { type Segment, segmentSeconds } from './segment.ts'
import type { CodedSound } from './sound-encoder.ts'
import type { CodedPicture } from './video-encoder.ts'

type Options = { track: Track; picture: boolean; sound: boolean; emit(segment: Segment): void; onError(error: unknown): void }

/**
 * Cuts coded picture and sound into numbered segments: at each key frame, or every two seconds where there is only sound. Whenever what is
 * needed to decode them changes, another init segment goes first.
 */
export function segmenter({ track, picture, emit, onError, ...options }: Options) {
  let pictures: CodedPicture[] = []
  let sounds: CodedSound[] = []
  let hasSound = options.sound
  let soundConfig: AudioDecoderConfig | undefined
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

  function cut() {
    for (let at = end(); at !== null && soundReaches(at); at = end()) write(at)
  }
  function write(untilSeconds: number) {
    const before = ({ packet }: { packet: { timestamp: number } }) => packet.timestamp < untilSeconds
    const [shown, heard] = [pictures.filter(before), sounds.filter(before)]
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
      if (!hasSound) return
      soundConfig = coded.config
      sounds.push(coded)
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
