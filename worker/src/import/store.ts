import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Track } from '@meanwhile/shared/contract/videos'
import { fileParts, segments } from '@meanwhile/shared/db/schema/videos'
import { keys } from '@meanwhile/shared/platform/keys'
import { and, eq } from 'drizzle-orm'
import type { Work } from '../stages/stage.ts'
import { type Fragment, pieceOf } from './segments.ts'

type NewSegment = typeof segments.$inferInsert

/** So many are stored while nobody else can take the stage: a few seconds at most. */
const batch = 8

const ofTrack = (videoId: string, track: Track) => and(eq(segments.videoId, videoId), eq(segments.track, track))

/** Takes away what an attempt before this one left. @throws {LeaseLostError} */
export const clearSegments = ({ videoId, storage, whileHeld }: Work, track: Track = 'main'): Promise<void> =>
  whileHeld(async (tx) => {
    await tx.delete(segments).where(ofTrack(videoId, track))
    await storage.deleteAll(`${keys.video(videoId)}${track}/`)
  })

async function put({ dir, storage, videoId }: Work, file: string, fragment: Fragment, track: Track): Promise<NewSegment> {
  const { number, sizeBytes, durationMs, init, runs } = fragment
  const target = join(dir, `segment-${number}.m4s`)
  const sha256 = await pieceOf(file, [fragment], target)
  await storage.putFile(keys.segment(videoId, track, number), target)
  await rm(target, { force: true })
  return { videoId, track, number, sha256, sizeBytes, durationMs, init, runs }
}

/** Stores segments under their keys. @returns their rows, for the transaction that publishes them @throws {LeaseLostError} */
export async function storeSegments(
  work: Work,
  file: string,
  fragments: Fragment[],
  onStored: (share: number) => void,
  track: Track = 'main',
) {
  const rows: NewSegment[] = []
  for (let from = 0; from < fragments.length; from += batch) {
    const some = fragments.slice(from, from + batch)
    rows.push(...(await work.whileHeld(() => Promise.all(some.map((fragment) => put(work, file, fragment, track))))))
    onStored(rows.length / fragments.length)
    work.signal.throwIfAborted()
  }
  return rows
}

/** Forgets the parts of the file. @returns the keys of their objects */
export async function forgetParts(tx: Parameters<Parameters<Work['whileHeld']>[0]>[0], videoId: string): Promise<string[]> {
  const gone = await tx.delete(fileParts).where(eq(fileParts.videoId, videoId)).returning({ number: fileParts.number })
  return gone.map(({ number }) => keys.filePart(videoId, number))
}
