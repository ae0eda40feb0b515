import { ProblemError } from '@meanwhile/shared/contract/problem'
import { type Db, schema } from '@meanwhile/shared/db/client'
import type { RunningEnv } from '@meanwhile/shared/platform/env'
import { linkIdIn } from '@meanwhile/shared/platform/link-token'
import { eq } from 'drizzle-orm'
import { chosen, resolvePlayback } from '../people/preferences.ts'
import type { Candidate } from '../session.ts'

const { candidateInvitations, interviews, positions, workspaces } = schema
type Deps = { db: Db; env: Pick<RunningEnv, 'AUTH_SECRET'> }

/**
 * Who a token is of, as things are now; null for one that was never given out. Also after the end of an invitation: what is kept of
 * somebody stays theirs to see and to delete.
 */
export async function findCandidate({ db, env }: Deps, token: string): Promise<Candidate | ProblemError | null> {
  const invitationId = linkIdIn(env.AUTH_SECRET, 'invitation', token)
  return invitationId ? candidateOf(db, invitationId) : null
}

/** The candidate of an invitation; a problem once nothing of it is kept. */
export async function candidateOf(db: Db, invitationId: string): Promise<Candidate | ProblemError> {
  const [found] = await db
    .select({ invitation: candidateInvitations, position: positions, interview: interviews, workspace: workspaces })
    .from(candidateInvitations)
    .innerJoin(positions, eq(positions.id, candidateInvitations.positionId))
    .innerJoin(interviews, eq(interviews.id, candidateInvitations.interviewId))
    .innerJoin(workspaces, eq(workspaces.id, positions.workspaceId))
    .where(eq(candidateInvitations.id, invitationId))
  if (!found || found.invitation.withdrawnAt) return new ProblemError('invitation-ended', 'Nothing of it is kept here any more.')
  const { invitation, position, interview, workspace } = found
  return {
    id: invitation.id,
    name: invitation.name,
    picture: null,
    email: '',
    rate: resolvePlayback([workspace.playback]).rate,
    role: 'candidate',
    playback: chosen(),
    appearance: 'system',
    workspace: { id: workspace.id, name: workspace.name, playback: workspace.playback },
    invitation,
    position,
    interview,
  }
}
