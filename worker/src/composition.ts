import { videos } from '@meanwhile/shared/db/schema/videos'
import { bubbleBox, defaultLayout } from '@meanwhile/shared/media/bubble'
import { keptRanges, normalizeCuts, type Range, watchMs } from '@meanwhile/shared/media/cuts'
import { eq } from 'drizzle-orm'
import { StageFailure } from './failure.ts'
import type { RungAudio } from './ffmpeg/encode.ts'
import { decodeRun } from './ffmpeg/limits.ts'
import { type MediaFacts, standingFrames } from './ffmpeg/probe.ts'
import type { Bubble, Kept, Watched } from './ffmpeg/watched.ts'
import { fetchCamera, fetchOriginal, type Published } from './published.ts'
import type { Work } from './stages/stage.ts'
import type { Expected } from './verify.ts'

/** What is made of a recording for whoever watches it: the files it is made from, how, and what should come out. */
export type Composition = { files: string[]; watched: Watched; facts: MediaFacts; expected: Expected; isEdited: boolean }

/** What its author has cut out of a recording, as it is kept. */
export async function readCuts({ db, videoId }: Pick<Work, 'db' | 'videoId'>): Promise<Range[]> {
  const [video] = await db.select({ cuts: videos.cuts }).from(videos).where(eq(videos.id, videoId))
  return video?.cuts ?? []
}

type Layout = typeof videos.$inferSelect.layout

/** The camera's place; null when it is not to be seen. */
function bubbleOf(layout: Layout, camera: Published | null, size: { width: number; height: number }): Bubble | null {
  const { shape, ...place } = layout ?? defaultLayout
  return camera?.facts.video && shape !== 'off' ? { shape, ...bubbleBox(place, size) } : null
}

/** The ranges that are watched, each with when the frame came that is seen first: the later one of the screen's and the camera's. */
async function keptOf(work: Work, cuts: Range[], durationMs: number, files: string[]): Promise<Kept[]> {
  const ranges = keptRanges(cuts, durationMs)
  if (ranges.length === 0) throw new StageFailure('Everything is cut out: there is nothing left to watch.', { isFinal: true })
  if (cuts.length === 0) return ranges.map(([fromMs, toMs]) => ({ fromMs, toMs, standingMs: fromMs }))
  const starts = ranges.map(([fromMs]) => fromMs)
  const standing: (number | null)[][] = []
  for (const file of files) standing.push(await standingFrames(work.ffmpeg, file, starts, decodeRun(work, durationMs, 1024 ** 2)))
  return ranges.map(([fromMs, toMs], number) => {
    // A camera that began later has no frame there yet.
    const stood = standing.flatMap((moments) => moments[number] ?? [])
    return { fromMs, toMs, standingMs: stood.length === 0 ? fromMs : Math.max(...stood) }
  })
}

/** What comes out of a recording with these facts when its cuts are left out. */
function expectedOf({ video, audio, durationMs }: MediaFacts, kept: Kept[], cuts: Range[]): Expected {
  const isCut = cuts.length > 0
  return {
    durationMs: kept.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0) || durationMs,
    video: video && { ...video, startMs: watchMs(cuts, video.startMs) },
    // Cut sound begins with silence where there was none.
    audio: audio && { startMs: isCut ? 0 : audio.startMs },
  }
}

/**
 * Fetches what a recording is composed of, and reads how.
 * @param part what of the ranges that are kept is wanted, when it is not all of them
 * @throws {StageFailure} when a file is missing or nothing is left
 */
export async function readComposition(work: Work, part?: (kept: Range[]) => Range): Promise<Composition> {
  const [video] = await work.db.select().from(videos).where(eq(videos.id, work.videoId))
  const original = await fetchOriginal(work)
  const { facts } = original
  const size = { width: facts.video?.width ?? 0, height: facts.video?.height ?? 0 }
  const camera = facts.video && video?.tracks.includes('camera') ? await fetchCamera(work) : null
  const bubble = bubbleOf(video?.layout ?? null, camera, size)
  const files = [original.file, ...(camera && bubble ? [camera.file] : [])]
  const own = normalizeCuts(video?.cuts ?? [], facts.durationMs)
  const keptOfOwn = keptRanges(own, facts.durationMs)
  const cuts = part && keptOfOwn.length > 0 ? keptRanges([part(keptOfOwn)], facts.durationMs) : own
  const kept = await keptOf(work, cuts, facts.durationMs, facts.video ? files : [])
  return {
    files,
    watched: { ...size, cuts, kept, bubble, soundStartMs: Math.max(0, facts.audio?.startMs ?? 0) },
    facts,
    expected: expectedOf(facts, kept, cuts),
    isEdited: cuts.length > 0 || bubble !== null,
  }
}

/** What becomes of the sound of a composition. */
export function soundOf({ facts: { audio }, watched: { cuts } }: Composition): RungAudio {
  if (!audio) return 'none'
  return cuts.length === 0 && audio.codec === 'aac' ? 'copy' : 'encode'
}
