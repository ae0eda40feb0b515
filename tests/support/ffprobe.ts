import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)
type Stream = { codec_type: string; codec_name: string; width?: number; height?: number; start_time: string; duration: string }

/** What ffprobe says of a file or a URL: seconds and pixels. */
export async function ffprobe(input: string) {
  const { stdout } = await run(process.env.FFPROBE_PATH || 'ffprobe', [
    '-v',
    'error',
    '-of',
    'json',
    '-show_format',
    '-show_streams',
    input,
  ])
  const { streams, format } = JSON.parse(stdout) as { streams: Stream[]; format: { duration: string } }
  const of = (type: string) => streams.find(({ codec_type }) => codec_type === type)
  return { seconds: Number(format.duration), video: of('video'), audio: of('audio') }
}

/** How much sound and picture are apart at the start, in seconds. */
export const offsetSeconds = ({ video, audio }: Awaited<ReturnType<typeof ffprobe>>) =>
  Math.abs(Number(video?.start_time) - Number(audio?.start_time))
