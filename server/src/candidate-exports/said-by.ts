import { type Db, schema } from '@meanwhile/shared/db/client'
import { and, eq, isNull } from 'drizzle-orm'
import { fileOf } from './sent-zip.ts'

const { interviewAnswers, updates, videos } = schema

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
    rows.map(async ({ video, ...said }) => ({
      ...said,
      hasVideo: video !== null,
      durationMs: video?.durationMs ?? null,
      key: video && (await fileOf(db, video)),
    })),
  )
}

export type Said = Awaited<ReturnType<typeof saidBy>>[number]
