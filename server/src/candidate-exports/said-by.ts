import { type Db, schema } from '@meanwhile/shared/db/client'
import { tracksOf } from '@meanwhile/shared/db/finish'
import { isEdited } from '@meanwhile/shared/platform/jobs'
import { and, eq, isNull } from 'drizzle-orm'

const { assets, interviewAnswers, updates, videos } = schema

/** What the team gets of a candidate, a question each; `key` is null while the file is still being made. */
export async function saidBy(db: Db, invitationId: string) {
  const isIt = and(eq(interviewAnswers.invitationId, invitationId), eq(interviewAnswers.isChosen, true))
  const rows = await db
    .select({
      questionId: interviewAnswers.questionId,
      way: interviewAnswers.way,
      updateId: updates.id,
      text: updates.body,
      video: videos,
    })
    .from(interviewAnswers)
    .innerJoin(updates, and(eq(updates.id, interviewAnswers.updateId), isNull(updates.trashedAt)))
    .leftJoin(videos, and(eq(videos.updateId, updates.id), isNull(videos.commentId)))
    .where(isIt)
  return Promise.all(
    rows.map(async ({ video, ...said }) => {
      if (!video) return { ...said, hasVideo: false, durationMs: null, key: null }
      const name = isEdited({ ...video, tracks: tracksOf(video) }) ? 'download' : 'original'
      const [made] = await db
        .select({ key: assets.key })
        .from(assets)
        .where(and(eq(assets.videoId, video.id), eq(assets.name, name)))
      return { ...said, hasVideo: true, durationMs: video.durationMs, key: made?.key ?? null }
    }),
  )
}

export type Said = Awaited<ReturnType<typeof saidBy>>[number]
