import { type CandidatePage, type CandidateTake, consentVersion } from '@meanwhile/shared/contract/candidate'
import type { AnswerWay, InterviewContent } from '@meanwhile/shared/contract/interviews'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import { videosOf } from '../interviews/versions.ts'
import type { MediaUrls } from '../media/urls.ts'
import type { InterviewRow, InvitationRow } from '../positions/rows.ts'
import type { Candidate } from '../session.ts'
import { videoView } from '../videos/video-view.ts'
import { isOpenAgain } from './reopen.ts'
import { askedOf, reopenedOf, stateOf } from './state.ts'

const { candidateInvitations, interviewAnswers, interviews, members, positionPeople, positions, updates, users, videos } = schema

/** Reading a question that is not said in a video, and collecting oneself where no time is named, in ms. */
const readingMs = 20_000
/** An answer in writing takes about so long, in ms; others about half of what they may. */
const writingMs = 180_000

const isSpoken = (ways: readonly AnswerWay[]) => ways.some((way) => way !== 'text')

/** How long it takes about, in ms: to watch or read, to think and to answer each question once. */
function estimateOf({ questions }: InterviewContent, lengths: ReadonlyMap<string, number>): number {
  const all = questions.map(({ videoUpdateId, thinkTimeMs, answerLimitMs, ways }) => {
    const asking = (videoUpdateId && lengths.get(videoUpdateId)) || readingMs
    return asking + (thinkTimeMs ?? readingMs) + (isSpoken(ways) ? answerLimitMs / 2 : writingMs)
  })
  return Math.round(all.reduce((sum, each) => sum + each, 0))
}

const lengthsOf = async (db: Db, videoIds: string[]) =>
  videoIds.length > 0
    ? await db
        .select({ updateId: videos.updateId, ms: videos.durationMs })
        .from(videos)
        .where(and(inArray(videos.updateId, videoIds), isNull(videos.commentId)))
    : []

/** How long an interview takes about, in ms. */
export async function lengthOf(db: Db, { content, videoIds }: Pick<InterviewRow, 'content' | 'videoIds'>): Promise<number> {
  const lengths = await lengthsOf(db, videoIds)
  return estimateOf(content, new Map(lengths.map(({ updateId, ms }) => [updateId, ms ?? 0])))
}

async function takesOf(db: Db, row: InvitationRow, urls: MediaUrls): Promise<CandidateTake[]> {
  const rows = await db
    .select({ take: interviewAnswers, update: updates, video: videos })
    .from(interviewAnswers)
    .innerJoin(updates, eq(updates.id, interviewAnswers.updateId))
    .leftJoin(videos, and(eq(videos.updateId, updates.id), isNull(videos.commentId)))
    .where(eq(interviewAnswers.invitationId, row.id))
    .orderBy(asc(interviewAnswers.createdAt), asc(interviewAnswers.updateId))
  return Promise.all(
    rows.map(async ({ take, update, video }) => ({
      updateId: update.id,
      questionId: take.questionId,
      way: take.way,
      createdAt: take.createdAt,
      text: update.body,
      video: video && (await videoView(db, video, urls)),
      isChosen: take.isChosen || take.isNext,
      isHandedIn: row.submittedAt !== null && !isOpenAgain(row, take),
    })),
  )
}

/** Whose faces and names a candidate may expect behind it: everybody with a role in the position who is still a member. */
export async function seenBy(db: Db, positionId: string): Promise<string[]> {
  const rows = await db
    .select({ name: users.name })
    .from(positionPeople)
    .innerJoin(positions, eq(positions.id, positionPeople.positionId))
    .innerJoin(members, and(eq(members.userId, positionPeople.userId), eq(members.workspaceId, positions.workspaceId)))
    .innerJoin(users, eq(users.id, positionPeople.userId))
    .where(eq(positionPeople.positionId, positionId))
    .orderBy(asc(users.name))
  return rows.map(({ name }) => name)
}

/** All that a candidate is shown. Nothing is noted by looking: mail scanners look, too. */
export async function candidatePage(db: Db, candidate: Candidate, urls: MediaUrls, now: Date): Promise<CandidatePage> {
  const { position, workspace } = candidate
  // As it is after what was just done.
  const [found] = await db
    .select({ invitation: candidateInvitations, content: interviews.content, videoIds: interviews.videoIds })
    .from(candidateInvitations)
    .innerJoin(interviews, eq(interviews.id, candidateInvitations.interviewId))
    .where(eq(candidateInvitations.id, candidate.id))
  const { invitation, content, videoIds } = found ?? { invitation: candidate.invitation, ...candidate.interview }
  const isOpen = invitation.consentedAt !== null && invitation.revokedAt === null
  const takes = invitation.consentedAt ? await takesOf(db, invitation, urls) : []
  const answered = new Set(takes.filter(({ isChosen }) => isChosen).map(({ questionId }) => questionId)).size
  const hasBegun = takes.some((take) => isOpenAgain(invitation, take))
  const asked = askedOf(content, invitation)
  return {
    candidateId: candidate.id,
    workspaceId: workspace.id,
    workspace: workspace.name,
    position: position.title,
    name: invitation.name,
    state: stateOf(invitation, answered, now),
    deadlineAt: invitation.deadlineAt,
    isClosed: position.closedAt !== null,
    now,
    seenBy: await seenBy(db, position.id),
    deleteAfterDays: position.deleteAfterDays,
    promiseDays: position.promiseDays,
    estimateMs: await lengthOf(db, { content: asked, videoIds }),
    questionCount: content.questions.length,
    consentVersion,
    consentedAt: invitation.consentedAt,
    submittedAt: invitation.submittedAt,
    reopened: reopenedOf(invitation, { isClosed: position.closedAt !== null, hasBegun }, now),
    content: isOpen ? asked : null,
    videos: isOpen ? await videosOf(db, videoIds, urls) : [],
    takes,
  }
}
