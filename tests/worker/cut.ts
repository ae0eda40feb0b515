import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { programs, type Segments } from './house.ts'

const run = promisify(execFile)

/** Segments from an array; `durationMs` of each where their boxes do not say it. */
export const segmentsOf = (all: Buffer[], durationMs?: number): Segments => ({
  ...(durationMs === undefined ? {} : { durationMs }),
  numbers: all.map((_, number) => number),
  bytes: async (number) => all[number] ?? Buffer.alloc(0),
})

/** The segments of one track behind each other, each with its init segment, as a recorder sends them whose encoder began anew. */
export async function behindEachOther(...all: Segments[]): Promise<Segments> {
  const bytes: Buffer[] = []
  for (const each of all) for (const number of each.numbers) bytes.push(await each.bytes(number))
  return segmentsOf(bytes)
}

const x264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-force_key_frames', 'expr:gte(t,n_forced*2)']
export const picture = (size: string, seconds: number, rate = 30) => [
  '-f',
  'lavfi',
  '-i',
  `testsrc2=s=${size}:r=${rate}:d=${seconds}`,
]
export const plain = (colour: string, size: string, seconds: number, rate = 30) => [
  '-f',
  'lavfi',
  '-i',
  `color=c=${colour}:s=${size}:r=${rate}:d=${seconds}`,
]
export const tone = (seconds: number) => ['-f', 'lavfi', '-i', `sine=f=440:r=48000:d=${seconds}`]

/** Cuts what ffmpeg makes of `args` into segments of 2 s. */
export async function cut(args: string[], codecs: string[] = [...x264, '-c:a', 'aac']): Promise<Segments> {
  const dir = await mkdtemp(join(tmpdir(), 'meanwhile-cut-'))
  const hls = ['-f', 'hls', '-hls_time', '2', '-hls_playlist_type', 'vod', '-hls_segment_type', 'fmp4']
  const names = ['-hls_fmp4_init_filename', '000000.m4s', '-start_number', '1', '-hls_segment_filename', join(dir, '%06d.m4s')]
  await run(programs.ffmpegPath, ['-v', 'error', '-nostdin', ...args, ...codecs, ...hls, ...names, join(dir, 'list.m3u8')], {
    cwd: dir,
  })
  const files = (await readdir(dir)).filter((file) => file.endsWith('.m4s')).sort()
  const all = await Promise.all(files.map((file) => readFile(join(dir, file))))
  await rm(dir, { recursive: true })
  return segmentsOf(all)
}
