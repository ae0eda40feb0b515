import { aac, x264 } from './coders.ts'
import { type Command, closed, command, input, seconds, type TimingOption } from './command.ts'

/** What stands in for a segment: the picture that stood still, and silence; times are on the clock of the recording, in ms. */
export type Filler = {
  picture: { fromMs: number; toMs: number; lastFrameMs: number } | null
  /** `packets` of 1024 samples. */
  silence: { fromMs: number; packets: number; sampleRate: number; channels: number } | null
}

/** A frame this often is enough for a picture that stands still. */
const frameEveryMs = 1_000
const samplesAPacket = 1024

const ticksAMs = 90

function pictureFilter({ fromMs, lastFrameMs }: NonNullable<Filler['picture']>, { frames, frameMs }: Frames) {
  const times = `round((${fromMs.toFixed(4)}+N*${frameMs.toFixed(6)})/1000/TB)`
  const last = `select='gte(t,${seconds(lastFrameMs - 0.5)})',loop=loop=${frames - 1}:size=1:start=0`
  return `[0:v:0]${last},settb=1/${ticksAMs * 1000},setpts='${times}',trim=end_frame=${frames},setsar=1,format=yuv420p[picture]`
}

type Frames = { frames: number; frameMs: number }
function framesOf(picture: Filler['picture']): Frames {
  const lengthMs = picture ? picture.toMs - picture.fromMs : 0
  const frames = Math.max(1, Math.round(lengthMs / frameEveryMs))
  return { frames, frameMs: lengthMs / frames }
}

/** An encoder begins with a packet before its first sample: here that is the first of the silence. */
function silenceFilter({ fromMs, packets, sampleRate, channels }: NonNullable<Filler['silence']>) {
  const layout = channels === 1 ? 'mono' : 'stereo'
  const samples = Math.max(1, (packets - 1) * samplesAPacket)
  const from = `(${fromMs.toFixed(4)}/1000+${samplesAPacket}/${sampleRate})/TB`
  return `anullsrc=r=${sampleRate}:cl=${layout},atrim=end_sample=${samples},asetpts='PTS+round(${from})'[silence]`
}

/**
 * A filled part: an init segment, and one fragment that says when it is shown.
 * @param before a file of the segment before, whose last frame stands still
 */
export function filler(before: string, { picture, silence }: Filler, output: string, timing: TimingOption): Command {
  const silenceEndMs = silence ? silence.fromMs + (silence.packets * samplesAPacket * 1000) / silence.sampleRate : 0
  const frames = framesOf(picture)
  const x264Options = [...x264({ bitsPerSecond: 4_000_000 }), '-bf', '0', '-video_track_timescale', String(ticksAMs * 1000)]
  // An encoder does not know how long the last frame stands.
  const lengths = ['-bsf:v', `setts=duration=${Math.round(frames.frameMs * ticksAMs)}`]
  return command(
    [input(before, '-copyts')],
    [
      {
        file: output,
        options: [
          ...(picture ? ['-map', '[picture]', timing, 'vfr', ...x264Options, ...lengths] : []),
          ...(silence ? ['-map', '[silence]', '-c:a', ...aac, '-frames:a', String(silence.packets)] : []),
          ...['-copyts', ...closed({ durationMs: Math.max(picture?.toMs ?? 0, silenceEndMs), fileBytes: 16 * 1024 ** 2 })],
          // No index at the end: nothing may stand behind the media. The time of a fragment is written as it is, see `timedFragments`.
          ...['-movflags', '+empty_moov+default_base_moof+frag_discont+skip_trailer', '-use_editlist', '1', '-f', 'mp4'],
        ],
      },
    ],
    { filter: [...(picture ? [pictureFilter(picture, frames)] : []), ...(silence ? [silenceFilter(silence)] : [])].join(';') },
  )
}
