import { join } from 'node:path'
import { assets } from '@meanwhile/shared/db/schema/videos'
import { and, eq } from 'drizzle-orm'
import { StageFailure } from './failure.ts'
import { quickRun } from './ffmpeg/limits.ts'
import { type MediaFacts, probeFile } from './ffmpeg/probe.ts'
import type { Work } from './stages/stage.ts'

export type Original = { file: string; sizeBytes: number; facts: MediaFacts }

/** Fetches the original that an earlier stage published: one file with an index, where the segments are many. */
export async function fetchOriginal(work: Work): Promise<Original> {
  const { db, storage, videoId, dir, ffmpeg } = work
  const [asset] = await db
    .select()
    .from(assets)
    .where(and(eq(assets.videoId, videoId), eq(assets.name, 'original')))
  if (!asset) throw new StageFailure('The original that this is made from is missing.', { isFinal: false })
  const file = join(dir, 'source.mp4')
  await storage.download(asset.key, file)
  work.signal.throwIfAborted()
  return { file, sizeBytes: asset.sizeBytes, facts: await probeFile(ffmpeg, file, quickRun(work)) }
}
