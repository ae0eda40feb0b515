import { join } from 'node:path'
import { assets } from '@meanwhile/shared/db/schema/videos'
import { and, eq } from 'drizzle-orm'
import { StageFailure } from './failure.ts'
import { quickRun } from './ffmpeg/limits.ts'
import { type MediaFacts, probeFile } from './ffmpeg/probe.ts'
import type { Work } from './stages/stage.ts'

export type Published = { file: string; sizeBytes: number; facts: MediaFacts }

/** Fetches what an earlier stage published under a name; null when there is none. */
async function fetchAsset({ db, storage, videoId, dir, ffmpeg, signal }: Work, name: string): Promise<Published | null> {
  const [asset] = await db
    .select()
    .from(assets)
    .where(and(eq(assets.videoId, videoId), eq(assets.name, name)))
  if (!asset) return null
  const file = join(dir, `source-${name}.mp4`)
  await storage.download(asset.key, file)
  signal.throwIfAborted()
  return { file, sizeBytes: asset.sizeBytes, facts: await probeFile(ffmpeg, file, quickRun({ dir, signal })) }
}

/** Fetches the original: one file with an index, where the segments are many. @throws {StageFailure} when it is missing */
export async function fetchOriginal(work: Work): Promise<Published> {
  const original = await fetchAsset(work, 'original')
  if (!original) throw new StageFailure('The original that this is made from is missing.', { isFinal: false })
  return original
}

/** Fetches the camera's own file, on the clock of the original; null when there is none. */
export const fetchCamera = (work: Work): Promise<Published | null> => fetchAsset(work, 'camera')
