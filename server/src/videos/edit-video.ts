import type { Chapter, Cuts, VideoEdit } from '@meanwhile/shared/contract/edits'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import type { StageName } from '@meanwhile/shared/contract/videos'
import { isTooLong } from '@meanwhile/shared/db/answer-length'
import { type Db, one, schema } from '@meanwhile/shared/db/client'
import { startStages, tracksOf, withdrawAssets } from '@meanwhile/shared/db/finish'
import { notify } from '@meanwhile/shared/db/notify'
import { normalizeCuts, watchedLengthMs } from '@meanwhile/shared/media/cuts'
import { stagesFor, stagesOfEdits } from '@meanwhile/shared/platform/jobs'
import { and, eq, inArray, notInArray } from 'drizzle-orm'
import { requireLocked, type VideoOfUpdate, type VideoRow } from './access.ts'

const { stages, videos } = schema

const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

/** @throws {ProblemError} `invalid-request` when nothing would be left, or too much for a pairing */
function cutsOf(video: VideoRow, drawn: Cuts | undefined, ofPairing: boolean): Cuts {
  if (!drawn) return video.cuts
  const cuts = normalizeCuts(drawn, video.durationMs ?? undefined)
  if (video.durationMs !== null && watchedLengthMs(cuts, video.durationMs) === 0)
    throw new ProblemError('invalid-request', 'Leave something to watch.', {
      errors: [{ field: 'cuts', message: 'must leave something to watch' }],
    })
  if (ofPairing && !video.commentId && video.durationMs !== null && isTooLong(cuts, video.durationMs))
    throw new ProblemError('invalid-request', 'An answer to a pairing is a minute at most: cut out something else.', {
      errors: [{ field: 'cuts', message: 'must leave no more than 60 s' }],
    })
  return cuts
}

const inOrder = (chapters: Chapter[]) => chapters.toSorted((a, b) => a.atMs - b.atMs)

/** Withdraws the files that show it as it was, and has them made again. */
async function makeAgain(tx: Db, video: VideoRow, edited: StageName[], requestId: string) {
  const withdrawn = await withdrawAssets(tx, video.id, edited)
  const wanted = stagesFor({ tracks: tracksOf(video), cuts: video.cuts })
  const again = edited.filter((name) => wanted.includes(name))
  await tx.delete(stages).where(and(eq(stages.videoId, video.id), inArray(stages.name, edited), notInArray(stages.name, again)))
  await startStages(tx, video.id, again, requestId)
  return { again, withdrawn }
}

/**
 * Changes what people see of a recording, never the recording itself.
 * @returns the stages that start again, and keys of objects to delete
 * @throws {ProblemError} `invalid-request` when the cuts leave nothing
 */
export const editVideo = (
  db: Db,
  { video: { id: videoId }, update }: VideoOfUpdate,
  edit: VideoEdit,
  requestId: string,
): Promise<{ again: StageName[]; withdrawn: string[] }> =>
  db.transaction(async (tx) => {
    const before = await requireLocked(tx, videoId)
    const change = {
      layout: edit.layout ?? before.layout,
      cuts: cutsOf(before, edit.cuts, update.pairingId !== null),
      chapters: edit.chapters ? inOrder(edit.chapters) : before.chapters,
    }
    const video = one(await tx.update(videos).set(change).where(eq(videos.id, videoId)).returning())
    if (!video.commentId) await notify(tx, update.workspaceId, { type: 'update', updateId: update.id })
    await notify(tx, update.workspaceId, { type: 'video', updateId: update.id, videoId })
    const isMoved = tracksOf(video).includes('camera') && !isSame(video.layout, before.layout)
    const isCut = !isSame(video.cuts, before.cuts)
    const edited = new Set<StageName>([...(isCut ? stagesOfEdits.cuts : []), ...(isMoved ? stagesOfEdits.layout : [])])
    return video.finishedAt && edited.size > 0 ? makeAgain(tx, video, [...edited], requestId) : { again: [], withdrawn: [] }
  })
