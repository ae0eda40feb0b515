import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** The average colour of a part of each recorded picture, five a second: `crop` as ffmpeg writes it. */
export async function coloursOf(url: string, crop = 'iw:ih:0:0'): Promise<{ red: number; green: number; blue: number }[]> {
  const args = ['-v', 'error', '-nostdin', '-i', url, '-map', '0:v:0']
  const filter = `fps=5,crop=${crop},scale=1:1:flags=area,format=rgb24`
  const { stdout } = await run(process.env.FFMPEG_PATH || 'ffmpeg', [...args, '-vf', filter, '-f', 'rawvideo', '-'], {
    encoding: 'buffer',
  })
  return Array.from({ length: Math.floor(stdout.length / 3) }, (_, index) => ({
    red: stdout[3 * index] ?? 0,
    green: stdout[3 * index + 1] ?? 0,
    blue: stdout[3 * index + 2] ?? 0,
  }))
}
