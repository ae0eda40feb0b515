import { spokenTime, timeCode } from '@meanwhile/shared/media/time-code'
import { StageFailure } from '../failure.ts'
import { longestSilenceMs, type Packets, type Stretch, type Track } from './packets.ts'
import type { Picture, Sound, Streams } from './streams.ts'

/** A stretch of the file's clock that is left out, because nothing comes in it. */
export type Jump = { atMs: number; lengthMs: number }

/**
 * Times are on the clock of the result, which begins at zero. Where it begins `lateMs` too late or ends `tailMs` too early, the first and
 * the last picture stand, so that there is one for all of the sound; `ticks` repeats one that stands still meanwhile.
 */
export type PicturePlan = {
  stream: Picture
  mode: 'copy' | 'encode'
  startMs: number
  endMs: number
  lateMs: number
  tailMs: number
  ticks: boolean
}
/** Silence fills what is missing at the beginning, in the middle and up to `endMs`. */
export type SoundPlan = { stream: Sound; mode: 'copy' | 'encode'; startMs: number; endMs: number }

/** What becomes of a file. `zeroMs` of its own clock is where the result begins; `remarks` are sentences for the author. */
export type Plan = {
  picture: PicturePlan | null
  sound: SoundPlan | null
  zeroMs: number
  jumps: Jump[]
  durationMs: number
  remarks: string[]
}

const longestMs = 6 * 3600 * 1000
const mostPixels = 8192 * 4320
/** Further apart they would make segments that take long to start with. */
const longestKeyGapMs = 5_500
/** A picture that stands still for longer is repeated, so that there is a segment every few seconds. */
const stillMs = 4_000
/** What players bridge between the sound and the picture at their beginning and end. */
const bridgedMs = 300
/** What is left of a jump: enough to see that something is missing there. */
const leftMs = 2_000
const mostJumps = 50

const pictureCodecs = new Set(['h264', 'hevc', 'vp8', 'vp9', 'av1', 'mpeg4', 'mjpeg'])
const soundCodecs =
  /^(aac|opus|vorbis|mp3|flac|alac|ac3|eac3|pcm_(u8|s16le|s16be|s24le|s24be|s32le|s32be|f32le|f32be|mulaw|alaw))$/
const protectedTags = new Set(['encv', 'enca', 'drmi', 'drms', 'p608'])

const refused = (sentence: string) => new StageFailure(sentence, { isFinal: true })

function refuse({ picture, sound }: Streams, { picture: seen, sound: heard }: Packets) {
  if ([picture, sound].some((stream) => stream && protectedTags.has(stream.tag)))
    throw refused('This file is protected against copying (DRM), so it cannot be imported.')
  if (picture && !pictureCodecs.has(picture.codec))
    throw refused(`Its picture is coded as ${picture.codec}, which cannot be imported. Save it with H.264, then upload that.`)
  if (sound && !soundCodecs.test(sound.codec))
    throw refused(`Its sound is coded as ${sound.codec}, which cannot be imported. Save it with AAC, then upload that.`)
  if (!seen && !heard)
    throw refused(
      picture || sound
        ? 'There is nothing behind the beginning of this file: it was cut off before its first moment.'
        : 'There is neither a picture nor sound in this file.',
    )
  if (
    seen &&
    picture &&
    (picture.width < 1 ||
      picture.height < 1 ||
      Math.max(picture.width, picture.height) > 8192 ||
      picture.width * picture.height > mostPixels)
  )
    throw refused(`Its picture of ${picture.width} × ${picture.height} is too large: at most 8192 × 4320 can be imported.`)
}

/** Where nothing comes in any of the tracks for longer than a picture stands still. */
export function jumpsOf(tracks: Track[]): Stretch[] {
  const before = ({ startMs }: Track): Stretch => ({ fromMs: Number.NEGATIVE_INFINITY, toMs: startMs })
  const after = ({ endMs }: Track): Stretch => ({ fromMs: endMs, toMs: Number.POSITIVE_INFINITY })
  const [first, ...others] = tracks.map((track) => [before(track), ...track.silences, after(track)])
  let common = first ?? []
  for (const other of others)
    common = common.flatMap((one) =>
      other.flatMap((two) => {
        const both = { fromMs: Math.max(one.fromMs, two.fromMs), toMs: Math.min(one.toMs, two.toMs) }
        return both.toMs - both.fromMs > longestSilenceMs ? [both] : []
      }),
    )
  return common.filter(({ fromMs, toMs }) => Number.isFinite(fromMs) && Number.isFinite(toMs))
}

/** A moment of the file's own clock on that of the result. */
const placedAt = (ms: number, zeroMs: number, jumps: Jump[]) =>
  jumps.reduce((at, { atMs, lengthMs }) => (ms - zeroMs >= atMs + lengthMs ? at - lengthMs : at), ms - zeroMs)

/** H.264 that browsers and phones play: eight bits, 4:2:0, up to level 5.1, upright, with square pixels and even sides. */
const isPlayable = ({ codec, profile, level, pixelFormat, width, height, rotation, hasSquarePixels, isInterlaced }: Picture) =>
  codec === 'h264' &&
  /^(Constrained Baseline|Baseline|Main|High)$/.test(profile) &&
  level > 0 &&
  level <= 51 &&
  /^yuvj?420p$/.test(pixelFormat) &&
  rotation % 360 === 0 &&
  hasSquarePixels &&
  !isInterlaced &&
  width % 2 === 0 &&
  height % 2 === 0

function picturePlan(stream: Picture, from: Track, sound: Track | null, zeroMs: number, jumps: Jump[]): PicturePlan {
  const startMs = Math.max(0, placedAt(from.startMs, zeroMs, jumps))
  const endMs = placedAt(from.endMs, zeroMs, jumps)
  const missingMs = (sound ? placedAt(sound.endMs, zeroMs, jumps) : 0) - endMs
  // A player would stop where the picture ends, and wait for one that comes late.
  const [lateMs, tailMs] = [startMs > bridgedMs ? startMs : 0, missingMs > 1_000 ? missingMs : 0]
  const isWhole = lateMs === 0 && tailMs === 0 && jumps.length === 0
  const hasKeys = from.startsWithKey && from.longestKeyGapMs <= longestKeyGapMs
  return {
    stream,
    mode: isPlayable(stream) && isWhole && hasKeys ? 'copy' : 'encode',
    startMs: startMs - lateMs,
    endMs: endMs + tailMs,
    lateMs,
    tailMs,
    ticks: Math.max(from.longestGapMs, lateMs, tailMs) > stillMs,
  }
}

function soundPlan(stream: Sound, from: Track, picture: PicturePlan | null, zeroMs: number, jumps: Jump[]): SoundPlan {
  const startMs = Math.max(0, placedAt(from.startMs, zeroMs, jumps))
  const ownEndMs = placedAt(from.endMs, zeroMs, jumps)
  const endMs = picture && picture.endMs - ownEndMs > bridgedMs ? picture.endMs : ownEndMs
  const isWhole = startMs <= bridgedMs && from.longestGapMs <= bridgedMs && endMs === ownEndMs && jumps.length === 0
  const copies = stream.codec === 'aac' && stream.profile === 'LC' && stream.channels <= 2 && isWhole
  return { stream, mode: copies ? 'copy' : 'encode', startMs: copies ? startMs : 0, endMs }
}

/** The first moment that is seen or heard. What an encoder of sound needs to begin with lies a little before, and is left out. */
function zeroOf(picture: Track | null, sound: Track | null): number {
  if (picture && sound && sound.startMs <= picture.startMs && picture.startMs - sound.startMs < 100) return picture.startMs
  const first = Math.min(picture?.startMs ?? Number.POSITIVE_INFINITY, sound?.startMs ?? Number.POSITIVE_INFINITY)
  return !picture && first < 0 && first > -100 ? 0 : first
}

const spoken = (ms: number) => (ms < 60_000 ? spokenTime(ms) : timeCode(ms))

function remarksOn(saidMs: number | null, lastMs: number, jumps: Jump[]): string[] {
  const isShort = saidMs !== null && saidMs - lastMs > Math.max(1_000, saidMs / 100)
  return [
    ...(isShort
      ? [
          `The file was cut off: it should last ${spoken(saidMs)} and ends after ${spoken(lastMs)}. All that is in it was imported.`,
        ]
      : []),
    ...jumps.map(
      ({ atMs, lengthMs }) =>
        `Its clock jumps by ${spoken(lengthMs)} at ${timeCode(atMs)}: that time, in which nothing happens, was left out.`,
    ),
  ].slice(0, 3)
}

/** Decides what becomes of a file. @throws {StageFailure} with the reason why nothing can */
export function planImport(streams: Streams, packets: Packets): Plan {
  refuse(streams, packets)
  const { picture: seen, sound: heard } = packets
  const zeroMs = zeroOf(seen, heard)
  const jumps = jumpsOf([seen, heard].filter((track) => track !== null)).map(({ fromMs, toMs }) => ({
    atMs: fromMs - zeroMs + leftMs,
    lengthMs: toMs - fromMs - leftMs,
  }))
  if (jumps.length > mostJumps) throw refused('Its clock jumps too often: it cannot be imported.')
  const lastMs = Math.max(seen?.endMs ?? 0, heard?.endMs ?? 0)
  const durationMs = placedAt(lastMs, zeroMs, jumps)
  if (durationMs > longestMs) throw refused(`It lasts ${timeCode(durationMs)}; at most 6 hours can be imported at once.`)

  const picture = seen && streams.picture && picturePlan(streams.picture, seen, heard, zeroMs, jumps)
  const sound = heard && streams.sound && soundPlan(streams.sound, heard, picture, zeroMs, jumps)
  return { picture, sound, zeroMs, jumps, durationMs, remarks: remarksOn(streams.saidMs, lastMs - Math.min(0, zeroMs), jumps) }
}
