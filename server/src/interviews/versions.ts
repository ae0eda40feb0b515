import type { Interview, InterviewContent } from '@meanwhile/shared/contract/interviews'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import { type Db, one, schema } from '@meanwhile/shared/db/client'
import { and, desc, eq, inArray, isNotNull, isNull, or, sql } from 'drizzle-orm'
import type { MediaUrls } from '../media/urls.ts'
import { lockPosition } from '../positions/access.ts'
import type { InterviewRow } from '../positions/rows.ts'
import { videoView } from '../videos/video-view.ts'

const { interviewTemplates, interviews, updates, videos } = schema

/** The updates whose videos a content names, each of them once. */
export function videoIdsOf({ intro, questions, outro }: InterviewContent): string[] {
  const all = [intro, ...questions, outro].flatMap(({ videoUpdateId }) => videoUpdateId ?? [])
  return [...new Set(all)]
}

/** The newest version of a position's interview; none is without one. */
export async function newestInterview(db: Db, positionId: string): Promise<InterviewRow> {
  const isOf = eq(interviews.positionId, positionId)
  return one(await db.select().from(interviews).where(isOf).orderBy(desc(interviews.version)).limit(1))
}

/** What a question asks by the newest version that has it; null where a video does, or there is none. */
export async function questionText(db: Db, { positionId, questionId }: { positionId: string; questionId: string }) {
  const isOf = eq(interviews.positionId, positionId)
  const rows = await db.select({ content: interviews.content }).from(interviews).where(isOf).orderBy(desc(interviews.version))
  const asked = rows.flatMap(({ content }) => content.questions.filter(({ id }) => id === questionId))
  return asked[0]?.text || null
}

/** The videos that a content names, as they are played. */
export async function videosOf(db: Db, videoIds: readonly string[], urls: MediaUrls) {
  if (videoIds.length === 0) return []
  const isNamed = and(inArray(videos.updateId, [...videoIds]), isNull(videos.commentId))
  const rows = await db
    .select({ video: videos })
    .from(videos)
    .innerJoin(updates, eq(updates.id, videos.updateId))
    .where(and(isNamed, isNull(updates.trashedAt)))
  return Promise.all(rows.map(({ video }) => videoView(db, video, urls)))
}

export async function interviewView(db: Db, row: InterviewRow, urls: MediaUrls): Promise<Interview> {
  const { version, revision, frozenAt, content, videoIds } = row
  return { version, revision, frozenAt, content, videos: await videosOf(db, videoIds, urls) }
}

/**
 * Videos that were recorded for interviews, by whoever names them now or for one that this position or a template has: else somebody could
 * show themselves the video of another position by naming it.
 * @throws {ProblemError} `invalid-request`
 */
async function requireUsable(tx: Db, positionId: string, ids: readonly string[], authorId: string): Promise<void> {
  if (ids.length === 0) return
  const id = sql`array[${updates.id}]`
  const found = await tx
    .select({ id: updates.id })
    .from(updates)
    .where(
      and(
        inArray(updates.id, [...ids]),
        updates.isInterview,
        isNotNull(updates.publishedAt),
        isNull(updates.trashedAt),
        sql`not exists (select from interview_answers where interview_answers.update_id = ${updates.id})`,
        or(
          eq(updates.authorId, authorId),
          sql`exists (select from ${interviews} where ${interviews.positionId} = ${positionId} and ${interviews.videoIds} @> ${id})`,
          sql`exists (select from ${interviewTemplates} where ${interviewTemplates.workspaceId} = ${updates.workspaceId} and ${interviewTemplates.videoIds} @> ${id})`,
        ),
      ),
    )
  if (found.length === ids.length) return
  const message = 'names a video that is not finished, or not one of this interview: record it again'
  throw new ProblemError('invalid-request', undefined, { errors: [{ field: 'content.videoUpdateId', message }] })
}

type Change = { revision: number; content: InterviewContent }

/** What somebody was invited to stays as it is: the change becomes the next version. @throws {ProblemError} `interview-changed`, `invalid-request` */
export const saveVersion = (db: Db, positionId: string, { revision, content }: Change, authorId: string): Promise<InterviewRow> =>
  db.transaction(async (tx) => {
    await lockPosition(tx, positionId)
    const before = await newestInterview(tx, positionId)
    if (before.revision !== revision)
      throw new ProblemError('interview-changed', 'Load it again, then make your change once more.')
    const videoIds = videoIdsOf(content)
    await requireUsable(tx, positionId, videoIds, authorId)
    const next = { content, videoIds, revision: revision + 1 }
    const saved = before.frozenAt
      ? tx.insert(interviews).values({ positionId, version: before.version + 1, ...next })
      : tx.update(interviews).set(next).where(eq(interviews.id, before.id))
    return one(await saved.returning())
  })
