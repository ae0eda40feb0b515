import { ProblemError } from '@meanwhile/shared/contract/problem'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { isHandedIn } from '@meanwhile/shared/db/handed-in'
import type { RunningEnv } from '@meanwhile/shared/platform/env'
import { linkIdIn } from '@meanwhile/shared/platform/link-token'
import { and, eq, inArray, isNull, or, type SQL, sql } from 'drizzle-orm'
import { isOrphaned, requireOwnedPosition } from '../positions/access.ts'
import type { Viewer } from '../session.ts'
import type { VideoRow } from '../videos/access.ts'

const { candidateInvitations, interviewAnswers, interviews, managerLinkCandidates, managerLinks, positions, updates } = schema
const { videos, workspaces } = schema
export type ManagerLinkRow = typeof managerLinks.$inferSelect

/**
 * A link works as long as whoever made it owns the position, as `positionRoleOf` has it: who was taken out of it must not keep a door to it.
 */
export const works = sql<boolean>`(${managerLinks.revokedAt} is null and ${managerLinks.expiresAt} > now() and exists (
  select from members maker join positions on positions.id = ${managerLinks.positionId} and positions.workspace_id = maker.workspace_id
  where maker.user_id = ${managerLinks.createdById} and (exists (
    select from position_people seat where seat.position_id = positions.id and seat.user_id = maker.user_id and seat.role = 'owner')
    or (maker.role = 'owner' and ${isOrphaned}))))`

type Deps = { db: Db; env: Pick<RunningEnv, 'AUTH_SECRET'> }

/** @throws {ProblemError} `not-found` for a token that was never given out, `share-link-ended` */
export async function requireManagerLink({ db, env }: Deps, token: string) {
  const linkId = linkIdIn(env.AUTH_SECRET, 'manager-link', token)
  if (!linkId) throw new ProblemError('not-found')
  const [found] = await db
    .select({ link: managerLinks, position: positions, workspace: workspaces.name })
    .from(managerLinks)
    .innerJoin(positions, eq(positions.id, managerLinks.positionId))
    .innerJoin(workspaces, eq(workspaces.id, positions.workspaceId))
    .where(and(eq(managerLinks.id, linkId), works))
  if (!found) throw new ProblemError('share-link-ended', 'Ask who sent it for a new one.')
  return found
}
export type FoundManagerLink = Awaited<ReturnType<typeof requireManagerLink>>

/** A link that was not revoked, of a position that the viewer owns. @throws {ProblemError} `not-found`, `forbidden` */
export async function requireOwnedManagerLink(db: Db, linkId: string, viewer: Viewer) {
  const [link] = await db
    .select()
    .from(managerLinks)
    .where(and(eq(managerLinks.id, linkId), isNull(managerLinks.revokedAt)))
  if (!link) throw new ProblemError('not-found')
  return { link, position: await requireOwnedPosition(db, link.positionId, viewer) }
}

/** The one rule whom a link shows: who has handed in, of those whom it is for. Who withdrew or was revoked is not there. */
export const isShownBy = ({ id, positionId, isForAll }: ManagerLinkRow): SQL | undefined =>
  and(
    eq(candidateInvitations.positionId, positionId),
    isHandedIn('candidate_invitations'),
    isForAll
      ? undefined
      : sql`exists (select from ${managerLinkCandidates} where ${managerLinkCandidates.linkId} = ${id} and ${managerLinkCandidates.invitationId} = ${candidateInvitations.id})`,
  )

/** A video that a link shows: an answer that was handed in, or what asked for it. @throws {ProblemError} `not-found` */
export async function requireManagerVideo(db: Db, { link }: FoundManagerLink, videoId: string): Promise<VideoRow> {
  const isAnswer = inArray(
    updates.id,
    db
      .select({ id: interviewAnswers.updateId })
      .from(interviewAnswers)
      .innerJoin(candidateInvitations, eq(candidateInvitations.id, interviewAnswers.invitationId))
      .where(and(isShownBy(link), eq(interviewAnswers.isChosen, true))),
  )
  const asked = db
    .select({ id: sql`unnest(${interviews.videoIds})` })
    .from(interviews)
    .innerJoin(candidateInvitations, eq(candidateInvitations.interviewId, interviews.id))
    .where(isShownBy(link))
  const [found] = await db
    .select({ video: videos })
    .from(videos)
    .innerJoin(updates, eq(updates.id, videos.updateId))
    .where(
      and(
        eq(videos.id, videoId),
        isNull(videos.commentId),
        isNull(updates.trashedAt),
        sql`${updates.publishedAt} is not null`,
        or(isAnswer, sql`${updates.id} in ${asked}`),
      ),
    )
  if (!found) throw new ProblemError('not-found')
  return found.video
}
