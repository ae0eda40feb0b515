import { aac, x264 } from './coders.ts'
import { type Command, closed, command, input, seconds, type TimingOption } from './command.ts'
import { timedFragments } from './stretches.ts'

/** What stands in for a segment: the picture that stood still, and silence; times are on the clock of the recording, in ms. */
export type Filler = {
  picture: { fromMs: number; toMs: number; lastFrameMs: number; timescale: number } | null
  /** `packets` of 1024 samples. */
  silence: { fromMs: number; packets: number; sampleRate: number; channels: number } | null
}

/** A frame this often is enough for a picture that stands still. */
const frameEveryMs = 1_000
const samplesAPacket = 1024

/** The number of its parameter sets: browsers' encoders call theirs 0, so that a decoder can know both. */
const parameterSet = 7

type Frames = { frames: number; frameMs: number }
function framesOf({ fromMs, toMs }: NonNullable<Filler['picture']>): Frames {
  const frames = Math.max(1, Math.round((toMs - fromMs) / frameEveryMs))
  return { frames, frameMs: (toMs - fromMs) / frames }
}

function pictureFilter({ fromMs, lastFrameMs, timescale }: NonNullable<Filler['picture']>, { frames, frameMs }: Frames) {
  const times = `round((${fromMs.toFixed(4)}+N*${frameMs.toFixed(6)})/1000/TB)`
  const last = `select='gte(t,${seconds(lastFrameMs - 0.5)})',loop=loop=${frames - 1}:size=1:start=0`
  return `[0:v:0]${last},settb=1/${timescale},setpts='${times}',trim=end_frame=${frames},setsar=1,format=yuv420p[picture]`
}

/**
 * Some players keep the first init segment of a playlist, whatever it says later (ffmpeg does). So what they need is in front of each
 * key frame too, and the clock is that of what came before. An encoder does not know how long the last frame stands.
 */
const pictureCoder = ({ timescale }: NonNullable<Filler['picture']>, { frameMs }: Frames) => [
  ...[...x264({ bitsPerSecond: 4_000_000 }), '-bf', '0', '-x264-params', `sps-id=${parameterSet}`],
  ...['-bsf:v', `dump_extra=freq=keyframe,setts=duration=${Math.round((frameMs * timescale) / 1000)}`],
  ...['-enc_time_base:v', `1:${timescale}`, '-video_track_timescale', String(timescale)],
]

/** An encoder begins with a packet before its first sample: here that is the first of the silence. */
function silenceFilter({ fromMs, packets, sampleRate, channels }: NonNullable<Filler['silence']>) {
  const layout = channels === 1 ? 'mono' : 'stereo'
  const samples = Math.max(1, (packets - 1) * samplesAPacket)
  const from = `(${fromMs.toFixed(4)}/1000+${samplesAPacket}/${sampleRate})/TB`
  return `anullsrc=r=${sampleRate}:cl=${layout},atrim=end_sample=${samples},asetpts='PTS+round(${from})'[silence]`
}

/**
 * A filled part: an init segment, and one fragment that says when it is shown; picture before sound, as recorders have it.
 * @param before a file of the segment before, whose last frame stands still
 */
export function filler(before: string, { picture, silence }: Filler, output: string, timing: TimingOption): Command {
  const silenceEndMs = silence ? silence.fromMs + (silence.packets * samplesAPacket * 1000) / silence.sampleRate : 0
  const frames = picture && framesOf(picture)
  const caps = { durationMs: Math.max(picture?.toMs ?? 0, silenceEndMs), fileBytes: 16 * 1024 ** 2 }
  return command(
    [input(before, '-copyts')],
    [
      {
        file: output,
        options: [
          ...(picture && frames ? ['-map', '[picture]', timing, 'vfr', ...pictureCoder(picture, frames)] : []),
          ...(silence ? ['-map', '[silence]', '-c:a', ...aac, '-frames:a', String(silence.packets)] : []),
          ...['-copyts', ...closed(caps), ...timedFragments(false)],
        ],
      },
    ],
    {
      filter: [...(picture && frames ? [pictureFilter(picture, frames)] : []), ...(silence ? [silenceFilter(silence)] : [])].join(
        ';',
      ),
    },
  )
}
