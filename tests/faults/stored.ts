import { execFile } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { ffprobe } from '../support/ffprobe.ts'
import type { House } from './house.ts'

const run = promisify(execFile)

/** What the server has of a recording. Lengths in ms. */
export type Stored = {
  updateId: string
  videoId: string
  /** As the server measured its segments. */
  storedMs: number
  /** As ffprobe reads the playlist. */
  probedMs: number
  /** What ffmpeg complains about when it decodes every frame; empty when nothing. */
  complaints: string
}

type Listed = { id: string; publishedAt: string | null; videoId: string | null; video: { state: string } | null }

export const recordings = async (house: House): Promise<Listed[]> => (await house.read('/api/updates')).items

/**
 * Waits until so many recordings that were not among `before` are complete on the server; longest first. Throws with what is there
 * instead.
 */
export async function allCompleted(house: House, before: Listed[], count: number, limitMs = 90_000): Promise<Stored[]> {
  const known = new Set(before.map(({ id }) => id))
  const deadline = performance.now() + limitMs
  for (;;) {
    const fresh = (await recordings(house)).filter(({ id }) => !known.has(id))
    const done = fresh.filter(({ video }) => video && video.state !== 'recording')
    if (done.length >= count) {
      const all = await Promise.all(done.map((each) => stored(house, each)))
      return all.toSorted((a, b) => b.storedMs - a.storedMs)
    }
    if (performance.now() > deadline)
      throw new Error(`${done.length} of ${count} were completed; there is ${JSON.stringify(await uploads(house, fresh))}`)
    await sleep(200)
  }
}

/** Waits until the recording that was not among `before` is complete on the server. */
export async function completed(house: House, before: Listed[]): Promise<Stored> {
  const [only] = await allCompleted(house, before, 1)
  return only as Stored
}

const uploads = (house: House, updates: Listed[]) =>
  Promise.all(updates.map(async ({ videoId }) => (videoId ? house.read(`/api/videos/${videoId}/upload`) : null)))

async function stored(house: House, { id, videoId }: Listed): Promise<Stored> {
  const video = await house.read(`/api/videos/${videoId}`)
  const playlist = house.direct + video.playback.hls
  const [{ seconds }, complaints] = await Promise.all([ffprobe(playlist), decodingComplaints(playlist)])
  return {
    updateId: id,
    videoId: `${videoId}`,
    storedMs: video.recordedMs ?? video.durationMs,
    probedMs: seconds * 1000,
    complaints,
  }
}

async function decodingComplaints(input: string): Promise<string> {
  // Frames lie on a grid of 1/60 s: on one of 1/30 s, which ffmpeg would choose, two of them can fall on the same moment.
  const timing = ['-fps_mode', 'passthrough', '-enc_time_base', '-1']
  const args = ['-v', 'error', '-nostdin', '-i', input, '-map', '0', ...timing, '-f', 'null', '-']
  return run(process.env.FFMPEG_PATH || 'ffmpeg', args).then(
    ({ stderr }) => stderr,
    (error) => String(error.stderr || error),
  )
}
