import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)
const bright = 150

/** What ffmpeg says about an input when it is asked to look at it through a filter. */
async function told(input: string, options: string[]): Promise<string> {
  const args = ['-hide_banner', '-nostdin', '-copyts', '-i', input, ...options, '-f', 'null', '-']
  return (await run(process.env.FFMPEG_PATH || 'ffmpeg', args, { maxBuffer: 256 * 1024 * 1024 })).stderr
}

/** The mean brightness of each picture (0 to 255), and when a recording turns bright, in seconds from its start: every flash. */
export async function flashesIn(input: string) {
  const said = await told(input, ['-map', '0:v', '-vf', 'scale=16:16:flags=area,format=gray,showinfo'])
  const pictures = [...said.matchAll(/pts_time:(\S+) .*?mean:\[(\d+)/g)].map(([, at, mean]) => ({
    at: Number(at),
    mean: Number(mean),
    lit: Number(mean) > bright,
  }))
  const flashes = pictures.filter(({ lit }, index) => lit && index > 0 && !pictures[index - 1]?.lit).map(({ at }) => at)
  return { pictures, flashes }
}

/** When a recording begins to sound, in seconds from its start: every beep. */
export async function beepsIn(input: string): Promise<number[]> {
  // A beep ends a silence, also one at the very start. ffmpeg calls the end of a silent recording one too: with silence behind it, that is the last.
  const said = await told(input, ['-map', '0:a', '-af', 'adelay=1000:all=1,apad=pad_dur=1,silencedetect=noise=-30dB:d=0.3'])
  return [...said.matchAll(/silence_end: (\S+)/g)].map(([, at]) => Number(at) - 1).slice(0, -1)
}

/** By how much each of these moments is before the nearest of those, in ms; negative when it is behind it. */
export function offsetsMs(moments: number[], those: number[]): number[] {
  const nearest = (at: number) => those.reduce((best, that) => (Math.abs(that - at) < Math.abs(best - at) ? that : best), -10)
  return moments.map((at) => (nearest(at) - at) * 1000)
}
