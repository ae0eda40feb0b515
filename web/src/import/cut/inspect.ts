import type { ByteSource } from '@meanwhile/shared/media/boxes'
import { EncodedPacketSink, type Input, type InputAudioTrack, type InputVideoTrack, IsobmffInputFormat } from 'mediabunny'
import { type PictureScan, scanPicture } from './reorder.ts'
import { isTrimmed } from './trimmed.ts'

/** How a file is cut here. `zero` is the moment of its clock, in seconds, at which the result begins; `end` the one at which it ends. */
export type CutPlan = {
  picture: { track: InputVideoTrack; scan: PictureScan } | null
  sound: { track: InputAudioTrack; mode: 'copy' | 'encode' } | null
  zero: number
  end: number
}

/** What the worker bridges by itself, in seconds: beyond that it fills in silence or a still picture. */
const bridged = 0.3
const longestTail = 1
/** What an encoder needs to begin with lies before zero and is not heard, in seconds; more than that was cut off by somebody. */
const longestPriming = 0.1
const longestKeyGap = 5.5
const longest = 6 * 3600

/** H.264 of the profiles with eight bits and 4:2:0, up to level 5.1. */
export const isPlayableAvc = (codec: string | null): boolean => {
  const [, profile = '', level = ''] = /^avc1\.([0-9a-f]{2})[0-9a-f]{2}([0-9a-f]{2})$/i.exec(codec ?? '') ?? []
  return ['42', '4d', '64'].includes(profile.toLowerCase()) && Number.parseInt(level, 16) <= 0x33
}

async function canCopyPicture(track: InputVideoTrack): Promise<boolean> {
  if ((await track.getCodec()) !== 'avc' || !isPlayableAvc(await track.getCodecParameterString())) return false
  const [width, height] = [await track.getCodedWidth(), await track.getCodedHeight()]
  const { num, den } = await track.getPixelAspectRatio()
  const isUpright = (await track.getRotation()) === 0 && !(await track.getFlip())
  return isUpright && num === den && width % 2 === 0 && height % 2 === 0 && Math.max(width, height) <= 8192
}

async function scanOf(track: InputVideoTrack, signal: AbortSignal): Promise<PictureScan | null> {
  const scan = scanPicture()
  for await (const { timestamp, type } of new EncodedPacketSink(track).packets(undefined, undefined, { metadataOnly: true })) {
    signal.throwIfAborted()
    scan.add({ timestamp, isKey: type === 'key' })
  }
  return scan.end()
}

async function soundMode(track: InputAudioTrack): Promise<'copy' | 'encode' | null> {
  const channels = await track.getNumberOfChannels()
  if ((await track.getCodec()) === 'aac' && (await track.getCodecParameterString()) === 'mp4a.40.2' && channels <= 2)
    return 'copy'
  return (await track.canDecode()) ? 'encode' : null
}

/**
 * How a file can be cut by copying its picture; null when the server has to do it. `bytes` are those of `input`. Throws what mediabunny
 * throws, or CmafError.
 */
export async function planCut(input: Input, bytes: ByteSource, signal: AbortSignal): Promise<CutPlan | null> {
  const [picture, sound] = [await input.getPrimaryVideoTrack(), await input.getPrimaryAudioTrack()]
  if (picture && !(await canCopyPicture(picture))) return null
  const mode = sound && (await soundMode(sound))
  if (sound ? !mode || (!picture && mode !== 'copy') : !picture) return null
  const trackIds = [picture, sound].flatMap((track) => track?.id ?? [])
  if ((await input.getFormat()) instanceof IsobmffInputFormat && (await isTrimmed(bytes, trackIds))) return null

  const scan = picture && (await scanOf(picture, signal))
  if (picture && (!scan?.startsWithKey || scan.isOpen || scan.longestKeyGap > longestKeyGap)) return null
  const heard = sound && { from: await sound.getFirstTimestamp(), to: await sound.computeDuration() }
  const seen = picture && scan && { from: scan.first, to: await picture.computeDuration() }
  if (Math.min(seen?.from ?? 0, heard?.from ?? 0) < -longestPriming) return null
  if (seen && heard && (Math.abs(heard.from - seen.from) > bridged || Math.abs(heard.to - seen.to) > longestTail)) return null

  const zero = seen?.from ?? Math.max(0, heard?.from ?? 0)
  const end = Math.max(seen?.to ?? 0, heard?.to ?? 0)
  if (end - zero <= 0 || end - zero > longest) return null
  return { picture: picture && scan && { track: picture, scan }, sound: sound && mode && { track: sound, mode }, zero, end }
}
