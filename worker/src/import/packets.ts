import { probeArguments } from '../ffmpeg/command.ts'
import { copyRun } from '../ffmpeg/limits.ts'
import type { Work } from '../stages/stage.ts'
import type { Container } from './container.ts'
import type { Streams } from './streams.ts'

/** A stretch of time, in ms on the file's own clock. */
export type Stretch = { fromMs: number; toMs: number }

/** What the packets of one stream say, where headers may say anything. Times in ms on the file's own clock. */
export type Track = {
  startMs: number
  endMs: number
  packets: number
  startsWithKey: boolean
  longestKeyGapMs: number
  longestGapMs: number
  /** Where nothing comes for so long that it is more likely a wrong clock than a still picture, in order. */
  silences: Stretch[]
}
export type Packets = { picture: Track | null; sound: Track | null }

/** A picture may stand still for as long as this; a clock that jumps further is set right. */
export const longestSilenceMs = 30_000
const mostSilences = 1_000

/** Sums up the packets of one stream as they come; in the order of decoding, so that times may go back a little. */
export function trackOf() {
  const track: Track = {
    startMs: Number.POSITIVE_INFINITY,
    endMs: Number.NEGATIVE_INFINITY,
    packets: 0,
    startsWithKey: false,
    longestKeyGapMs: 0,
    longestGapMs: 0,
    silences: [],
  }
  let keyAtMs: number | null = null
  let lastMs = Number.NaN
  return {
    add(atMs: number, lengthMs: number, isKey: boolean) {
      if (track.packets++ === 0) track.startsWithKey = isKey
      // By their beginnings: in MP4 a frame lasts until the next one, however late that comes.
      const gapMs = atMs - lastMs
      if (gapMs > 0) {
        track.longestGapMs = Math.max(track.longestGapMs, gapMs)
        if (gapMs > longestSilenceMs && track.silences.length < mostSilences) track.silences.push({ fromMs: lastMs, toMs: atMs })
      }
      lastMs = Number.isNaN(lastMs) ? atMs : Math.max(lastMs, atMs)
      if (isKey) {
        if (keyAtMs !== null) track.longestKeyGapMs = Math.max(track.longestKeyGapMs, atMs - keyAtMs)
        keyAtMs = atMs
      }
      track.startMs = Math.min(track.startMs, atMs)
      track.endMs = Math.max(track.endMs, atMs + lengthMs)
    },
    /** Null when there was no packet. */
    end(): Track | null {
      if (track.packets === 0) return null
      const afterMs = keyAtMs === null ? 0 : track.endMs - keyAtMs
      return { ...track, longestKeyGapMs: Math.max(track.longestKeyGapMs, afterMs) }
    },
  }
}

const number = (text: string | undefined) => (text === undefined || text === 'N/A' || text === '' ? Number.NaN : Number(text))

/**
 * Reads every packet of a file of `sizeBytes`: how long it really is, how far its key frames are apart, whether its clock jumps.
 * @throws as `Ffmpeg.probe`
 */
export async function readPackets(
  work: Work,
  file: string,
  container: Container,
  { picture, sound }: Streams,
  sizeBytes: number,
): Promise<Packets> {
  const tracks = { picture: trackOf(), sound: trackOf() }
  const onLine = (line: string) => {
    const [index, pts, dts, duration, flags = ''] = line.split(',')
    // What an edit list cuts off is not shown.
    if (flags.includes('D')) return
    const kind = number(index) === picture?.index ? 'picture' : number(index) === sound?.index ? 'sound' : null
    const at = number(pts)
    const atMs = (Number.isNaN(at) ? number(dts) : at) * 1000
    if (kind && Number.isFinite(atMs)) tracks[kind].add(atMs, (number(duration) || 0) * 1000, flags.startsWith('K'))
  }
  const show = ['-show_entries', 'packet=stream_index,pts_time,dts_time,duration_time,flags', '-of', 'csv=p=0']
  const run = copyRun(work, sizeBytes)
  await work.ffmpeg.probe(probeArguments(file, `upload-${container}`, show), { ...run, deadlineMs: run.deadlineMs * 4, onLine })
  return { picture: tracks.picture.end(), sound: tracks.sound.end() }
}
