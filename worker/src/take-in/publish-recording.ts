import type { Track } from '@meanwhile/shared/contract/videos'
import { type Db, one } from '@meanwhile/shared/db/client'
import { finishRecording } from '@meanwhile/shared/db/finish'
import { captions } from '@meanwhile/shared/db/schema/captions'
import { segments, videos } from '@meanwhile/shared/db/schema/videos'
import type { VideoRecord } from '@meanwhile/shared/platform/workspace-file'
import { past } from './past.ts'
import type { BroughtRecording } from './recording.ts'

/** More than anybody makes by hand. */
const mostEdits = 500

type Place = { videoId: string; workspaceId: string; updateId: string; commentId: string | null }

/** The rows of a recording under an update, or a comment, that is there: what a worker makes of it begins as for every other one. */
export async function publishRecording(tx: Db, place: Place, record: VideoRecord, { rows, captions: texts }: BroughtRecording) {
  const { videoId, workspaceId, updateId, commentId } = place
  const counts: Partial<Record<Track, number>> = {}
  for (const { track, number } of rows) counts[track] = Math.max(counts[track] ?? 0, number)
  const video = one(
    await tx
      .insert(videos)
      .values({
        ...{ id: videoId, updateId, commentId, tracks: Object.keys(counts) as Track[], layout: record.layout },
        ...{ cuts: record.cuts.slice(0, mostEdits), chapters: record.chapters.slice(0, mostEdits) },
        ...(record.finishedAt ? { finishedAt: past(record.finishedAt) } : {}),
        storedBytes: rows.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
      })
      .returning(),
  )
  for (let from = 0; from < rows.length; from += 500) await tx.insert(segments).values(rows.slice(from, from + 500))
  await finishRecording(tx, { video, update: { id: updateId, workspaceId }, counts, by: 'export', requestId: null })
  // What was written down is forgotten where a recording begins anew, so it comes last.
  if (texts.length > 0) await tx.insert(captions).values(texts.map((each) => ({ ...each, videoId })))
}
