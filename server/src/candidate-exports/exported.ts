import type { CandidateReview } from '@meanwhile/shared/contract/scorecards'
import { type Db, schema } from '@meanwhile/shared/db/client'
import type { RunningEnv } from '@meanwhile/shared/platform/env'
import { eq } from 'drizzle-orm'
import { invitationFor, invitationsOf } from '../candidates/invitations.ts'
import { comparisonFor, reviewFor } from '../candidates/review.ts'
import type { SeenInvitation, SeenPosition } from '../positions/access.ts'
import type { Viewer } from '../session.ts'
import type { ExportedCandidate } from './candidates-csv.ts'

const { interviews } = schema
type Env = Pick<RunningEnv, 'AUTH_SECRET' | 'PUBLIC_URL'>

const unreviewed: CandidateReview = { mine: null, others: null, submitted: 0, decision: null }

async function contentsOf(db: Db, positionId: string) {
  const rows = await db.select().from(interviews).where(eq(interviews.positionId, positionId))
  const byVersion = new Map(rows.map(({ version, content }) => [version, content]))
  return (version: number) => byVersion.get(version) ?? { intro: nothing, questions: [], outro: nothing }
}
const nothing = { text: '', videoUpdateId: null }

/** All candidates of a position, the first who was invited first, as the viewer may see them. That others' scores were shown is noted. */
export async function exportedOf(
  db: Db,
  { position, role }: SeenPosition,
  viewer: Viewer,
  env: Env,
): Promise<ExportedCandidate[]> {
  const all = await invitationsOf(db, position.id, role, env, new Date())
  const contentOf = await contentsOf(db, position.id)
  const compared = new Map((await comparisonFor(db, position, role, viewer)).map((each) => [each.candidateId, each.review]))
  const inOrder = all.toSorted((a, b) => Number(a.createdAt) - Number(b.createdAt) || a.name.localeCompare(b.name))
  return inOrder.map((invitation) => ({
    invitation,
    content: contentOf(invitation.version),
    review: compared.get(invitation.id) ?? unreviewed,
  }))
}

/** One of them. */
export async function exportedOne(db: Db, seen: SeenInvitation, viewer: Viewer, env: Env): Promise<ExportedCandidate> {
  const invitation = await invitationFor(db, seen.invitation.id, seen.role, env, new Date())
  const contentOf = await contentsOf(db, seen.position.id)
  return { invitation, content: contentOf(invitation.version), review: await reviewFor(db, seen, viewer) }
}
