import type { InterviewQuestion } from '@meanwhile/shared/contract/interviews'
import type { ManagerAnswer, ManagerPage } from '@meanwhile/shared/contract/manager-links'
import type { VideoSummary } from '@meanwhile/shared/contract/videos'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { handedInAt } from '@meanwhile/shared/db/handed-in'
import { and, asc, eq, inArray, isNotNull, isNull } from 'drizzle-orm'
import { shownName } from '../candidates/shown-name.ts'
import type { MediaUrls } from '../media/urls.ts'
import { summaryColumns, summaryOf } from '../videos/video-summary.ts'
import { type FoundManagerLink, isShownBy } from './access.ts'

const { assets, candidateInvitations, interviewAnswers, interviews, updates, videos } = schema
type Said = { text: string; video: VideoSummary | null }

/** What was said in some updates, by their ids: complete, and not in the trash. */
async function saidIn(db: Db, ids: string[], urls: MediaUrls): Promise<Map<string, Said>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .select({ id: updates.id, text: updates.body, ...summaryColumns })
    .from(updates)
    .leftJoin(videos, and(eq(videos.updateId, updates.id), isNull(videos.commentId)))
    .leftJoin(assets, and(eq(assets.videoId, videos.id), eq(assets.name, 'poster')))
    .where(and(inArray(updates.id, ids), isNotNull(updates.publishedAt), isNull(updates.trashedAt)))
  return new Map(rows.map(({ id, text, ...row }) => [id, { text, video: summaryOf(row, urls) }]))
}

type Take = typeof interviewAnswers.$inferSelect

function answerTo({ id, text, videoUpdateId }: InterviewQuestion, takes: Take[], said: Map<string, Said>): ManagerAnswer {
  const take = takes.find(({ questionId }) => questionId === id)
  const answer = take && said.get(take.updateId)
  return {
    questionId: id,
    question: text,
    questionVideo: (videoUpdateId && said.get(videoUpdateId)?.video) || null,
    way: answer ? take.way : null,
    text: answer?.text ?? '',
    video: answer?.video ?? null,
  }
}

/** All that a hiring manager is shown: answers, and what was asked. @param urls those of guests */
export async function managerPage(db: Db, found: FoundManagerLink, urls: MediaUrls): Promise<ManagerPage> {
  const { link, position, workspace } = found
  const rows = await db
    .select({ invitation: candidateInvitations, interview: interviews })
    .from(candidateInvitations)
    .innerJoin(interviews, eq(interviews.id, candidateInvitations.interviewId))
    .where(isShownBy(link))
    .orderBy(handedInAt('candidate_invitations'), asc(candidateInvitations.id))
  const ids = rows.map(({ invitation }) => invitation.id)
  const isOfThem = and(inArray(interviewAnswers.invitationId, ids), eq(interviewAnswers.isChosen, true))
  const takes = ids.length > 0 ? await db.select().from(interviewAnswers).where(isOfThem) : []
  const asking = rows.flatMap(({ interview }) => interview.videoIds)
  const said = await saidIn(db, [...new Set([...asking, ...takes.map(({ updateId }) => updateId)])], urls)
  return {
    workspace,
    position: position.title,
    label: link.label,
    expiresAt: link.expiresAt,
    candidates: rows.map(({ invitation, interview }) => {
      const own = takes.filter(({ invitationId }) => invitationId === invitation.id)
      const answers = interview.content.questions.map((question) => answerTo(question, own, said))
      return { id: invitation.id, name: shownName(invitation, position), answers }
    }),
  }
}
