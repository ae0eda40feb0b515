import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** CMAF segments as a recorder makes them: number 0 is the init segment. */
export type Cut = {
  numbers: number[]
  bytes(number: number): Promise<Buffer>
  /** Where its bytes are. */
  file(number: number): string
  durationMs(number: number): number
  totalMs: number
  /** The same as ffmpeg's own playlist of files. */
  playlist: string
}

const segmentMs = 2000

const ffmpeg = (options: string, cwd: string) =>
  run(process.env.FFMPEG_PATH || 'ffmpeg', ['-v', 'error', '-nostdin', ...options.split(' ')], { cwd })

/**
 * Cuts a test picture with a tone into segments of 2 s, with ffmpeg: H.264 and AAC muxed, `ms` long, the same again `repeat` times.
 * Nothing is heard in the ranges `silent`, in ms; `volume` is that of the tone, 1 being full scale. Without `sound` it is the picture alone,
 * without `picture` the sound. With `flashes` each second begins with 150 ms of white and a beep.
 */
export async function cutRecording({
  ms = 5000,
  size = '320x180',
  rate = 30,
  repeat = 1,
  bitsPerSecond = 0,
  sound = true,
  picture: seen = true,
  flashes = false,
  silent = [] as [fromMs: number, toMs: number][],
  volume = 0.125,
} = {}): Promise<Cut> {
  const dir = await mkdtemp(join(tmpdir(), 'meanwhile-cut-'))
  const seconds = ms / 1000
  const now = 'lt(mod(t\\,1)\\,0.15)'
  const shown = flashes
    ? `color=c=black:s=${size}:r=${rate}:d=${seconds},drawbox=c=white:t=fill:enable=${now}`
    : `testsrc2=s=${size}:r=${rate}:d=${seconds}`
  const quiet = ['0', ...silent.map(([from, to]) => `gte(t\\,${from / 1000})*lt(t\\,${to / 1000})`)].join('+')
  const tone = flashes ? `${now}*sin(6000*t)/2` : `${volume}*(1-(${quiet}))*sin(2*PI*440*t)`
  const heard = `aevalsrc=${tone}:s=48000:d=${seconds}`
  const inputs = `-f lavfi -i ${shown} -f lavfi -i ${heard}`
  const picture = `-c:v libx264 -preset ultrafast -pix_fmt yuv420p -g ${rate * 2} -keyint_min ${rate * 2} -sc_threshold 0${bitsPerSecond ? ` -b:v ${bitsPerSecond} -maxrate ${bitsPerSecond} -bufsize ${bitsPerSecond}` : ''}`
  await ffmpeg(`${inputs} ${seen ? picture : '-vn'} ${sound ? '-c:a aac' : '-an'} take.mp4`, dir)
  const hls = '-f hls -hls_time 2 -hls_playlist_type vod -hls_segment_type fmp4 -hls_fmp4_init_filename 000000.m4s'
  await ffmpeg(
    `-stream_loop ${repeat - 1} -i take.mp4 -c copy ${hls} -start_number 1 -hls_segment_filename %06d.m4s list.m3u8`,
    dir,
  )
  const files = (await readdir(dir)).filter((file) => file.endsWith('.m4s')).sort()
  const totalMs = ms * repeat
  const file = (number: number) => join(dir, files[Math.max(0, Math.min(number, files.length - 1))] ?? '')
  return {
    numbers: files.map((_, number) => number),
    file,
    bytes: (number) => readFile(file(number)),
    durationMs: (number) => (number <= 0 ? 0 : Math.max(0, Math.min(segmentMs, totalMs - (number - 1) * segmentMs))),
    totalMs,
    playlist: join(dir, 'list.m3u8'),
  }
}

/** A recording whose encoder started anew: the second cut follows the first, its init segment with a number of its own. */
export function joined(first: Cut, second: Cut): Cut {
  const count = first.numbers.length
  const of = <T>(number: number, read: (cut: Cut, number: number) => T) =>
    number < count ? read(first, number) : read(second, number - count)
  return {
    file: (number) => of(number, (cut, own) => cut.file(own)),
    numbers: [...first.numbers, ...second.numbers.map((number) => number + count)],
    bytes: (number) => of(number, (cut, own) => cut.bytes(own)),
    durationMs: (number) => of(number, (cut, own) => cut.durationMs(own)),
    totalMs: first.totalMs + second.totalMs,
    playlist: first.playlist,
  }
}

/** The multipart body of a segment; `change` replaces text fields, e.g. a wrong `sha256`. */
export const segmentForm = async (cut: Pick<Cut, 'bytes' | 'durationMs'>, number: number, change: Record<string, string> = {}) =>
  bytesForm(await cut.bytes(number), { durationMs: String(cut.durationMs(number)), ...change })

/** The multipart body of some bytes with their SHA-256 and other text fields. */
export async function bytesForm(bytes: Buffer, fields: Record<string, string> = {}) {
  const form = new FormData()
  form.set('file', new Blob([new Uint8Array(bytes)]), 'segment.m4s')
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  for (const [name, value] of Object.entries({ sha256, ...fields })) form.set(name, value)
  const request = new Request('http://localhost', { method: 'PUT', body: form })
  return {
    payload: Buffer.from(await request.arrayBuffer()),
    headers: { 'content-type': request.headers.get('content-type') ?? '' },
  }
}
