import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)
const bright = 150

/** The mean brightness of each picture (0 to 255), and when a recording turns bright and when it begins to sound, in seconds from its start: every flash, every beep. */
export async function flashesAndBeeps(input: string) {
  const { stderr } = await run(
    process.env.FFMPEG_PATH || 'ffmpeg',
    ['-hide_banner', '-copyts', '-i', input]
      .concat(['-map', '0:v', '-vf', 'scale=16:16:flags=area,format=gray,showinfo', '-f', 'null', '-'])
      .concat(['-map', '0:a', '-af', 'silencedetect=noise=-30dB:d=0.3', '-f', 'null', '-']),
    { maxBuffer: 256 * 1024 * 1024 },
  )
  const pictures = [...stderr.matchAll(/pts_time:(\S+) .*?mean:\[(\d+)/g)].map(([, at, mean]) => ({
    at: Number(at),
    mean: Number(mean),
    lit: Number(mean) > bright,
  }))
  const flashes = pictures.filter(({ lit }, index) => lit && index > 0 && !pictures[index - 1]?.lit).map(({ at }) => at)
  const beeps = [...stderr.matchAll(/silence_end: (\S+)/g)].map(([, at]) => Number(at))
  return { pictures, flashes, beeps }
}

/** For each flash how much later its beep is, in ms; negative when it is earlier. */
export function offsetsMs({ flashes, beeps }: { flashes: number[]; beeps: number[] }): number[] {
  const nearest = (at: number) => beeps.reduce((best, beep) => (Math.abs(beep - at) < Math.abs(best - at) ? beep : best), -10)
  return flashes.map((at) => (nearest(at) - at) * 1000)
}
