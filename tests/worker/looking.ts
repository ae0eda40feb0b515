import { execFile } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { programs } from './house.ts'

const run = promisify(execFile)

type Stream = { kind: string; codec: string; width: number; height: number; startS: number; endS: number }

/** What ffprobe says of a file, in seconds. */
export async function look(file: string) {
  const entries = 'format=duration:stream=codec_type,codec_name,width,height,start_time,duration'
  const { stdout } = await run(programs.ffprobePath, ['-v', 'error', '-show_entries', entries, '-of', 'json', file])
  const { format, streams } = JSON.parse(stdout)
  const read = (kind: string): Stream | undefined => {
    const found = streams.find((stream: { codec_type: string }) => stream.codec_type === kind)
    if (!found) return undefined
    const [startS, durationS] = [Number(found.start_time), Number(found.duration)]
    return { kind, codec: found.codec_name, width: found.width, height: found.height, startS, endS: startS + durationS }
  }
  return { durationS: Number(format.duration), video: read('video'), audio: read('audio'), streams: streams.length }
}

/** Frames that come out when all of a file is decoded, and what the decoder complains of. */
export async function decodeAll(file: string) {
  const args = ['-v', 'error', '-nostdin', '-i', file, '-map', '0:v:0', '-f', 'null', '-progress', 'pipe:1', '-']
  const { stdout, stderr } = await run(programs.ffmpegPath, args, { maxBuffer: 1024 ** 3 })
  return {
    frames: Number(
      stdout
        .match(/frame=\s*(\d+)/g)
        ?.at(-1)
        ?.replace(/\D/g, ''),
    ),
    complaints: stderr.trim(),
  }
}

/** Average brightness, 0 to 255, of a part of a picture. */
export async function brightness(file: string, crop: string) {
  const args = ['-v', 'error', '-i', file, '-vf', `crop=${crop},scale=1:1,format=gray`, '-f', 'rawvideo', '-']
  const { stdout } = await run(programs.ffmpegPath, args, { encoding: 'buffer' })
  return stdout[0] ?? 0
}

/** Moments, in seconds, at which a file has a key frame. */
export async function keyFrames(file: string) {
  const args = ['-v', 'error', '-select_streams', 'v', '-show_entries', 'packet=pts_time,flags', '-of', 'csv=p=0', file]
  const { stdout } = await run(programs.ffprobePath, args, { maxBuffer: 1024 ** 3 })
  return stdout
    .split('\n')
    .filter((line) => line.includes('K'))
    .map((line) => Number(line.split(',')[0]))
}

/** Moments, in seconds, at which a file has a frame. */
export async function frameTimes(file: string): Promise<number[]> {
  const args = ['-v', 'error', '-select_streams', 'v', '-show_entries', 'packet=pts_time', '-of', 'csv=p=0', file]
  const { stdout } = await run(programs.ffprobePath, args, { maxBuffer: 1024 ** 3 })
  return stdout
    .trim()
    .split('\n')
    .map(Number.parseFloat)
    .sort((a, b) => a - b)
}

/** Command lines of running programs that hold `text`. */
export async function processesWith(text: string): Promise<string[]> {
  const found: string[] = []
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
    if (line.includes(text)) found.push(line.replaceAll('\0', ' '))
  }
  return found
}

/** The colour of one pixel at a moment, each part 0 to 255. */
export async function colourAt(file: string, atS: number, x: number, y: number): Promise<[number, number, number]> {
  const args = ['-v', 'error', '-i', file, '-ss', String(atS), '-frames:v', '1', '-vf', `format=rgb24,crop=1:1:${x}:${y}`]
  const { stdout } = await run(programs.ffmpegPath, [...args, '-f', 'rawvideo', '-'], { encoding: 'buffer' })
  return [stdout[0] ?? 0, stdout[1] ?? 0, stdout[2] ?? 0]
}

/** Which of the three parts of a colour is by far the strongest; `black` when none is there. */
export async function colourNameAt(file: string, atS: number, x: number, y: number): Promise<string> {
  const parts = await colourAt(file, atS, x, y)
  const strongest = parts.indexOf(Math.max(...parts))
  return Math.max(...parts) < 60 ? 'black' : (['red', 'green', 'blue'][strongest] ?? '')
}

/** Moments, in seconds, at which the picture becomes bright. */
export async function flashes(file: string): Promise<number[]> {
  const args = ['-v', 'info', '-nostats', '-i', file, '-an', '-vf', 'scale=2:2,format=gray,showinfo', '-f', 'null', '-']
  const { stderr } = await run(programs.ffmpegPath, args, { maxBuffer: 1024 ** 3 })
  const frames = [...stderr.matchAll(/pts_time:([\d.]+).* mean:\[(\d+)/g)].map(([, at, mean]) => ({
    atS: Number(at),
    isBright: Number(mean) > 128,
  }))
  return frames.filter(({ isBright }, number) => isBright && !frames[number - 1]?.isBright).map(({ atS }) => atS)
}

const rate = 48_000

/** Moments, in seconds, at which a sound begins after silence of 50 ms and more. */
export async function beeps(file: string): Promise<number[]> {
  const args = [
    '-v',
    'error',
    '-i',
    file,
    '-vn',
    '-af',
    'aresample=async=1:first_pts=0',
    '-ac',
    '1',
    '-ar',
    String(rate),
    '-f',
    's16le',
    '-',
  ]
  const { stdout } = await run(programs.ffmpegPath, args, { encoding: 'buffer', maxBuffer: 1024 ** 3 })
  const found: number[] = []
  let silentSince = -rate
  for (let sample = 0; sample < stdout.length / 2; sample++) {
    if (Math.abs(stdout.readInt16LE(sample * 2)) < 2_000) continue
    if (sample - silentSince > rate * 0.05) found.push(sample / rate)
    silentSince = sample
  }
  return found
}
