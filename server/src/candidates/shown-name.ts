import { type Db, schema } from '@meanwhile/shared/db/client'
import { eq, sql } from 'drizzle-orm'
import type { InvitationRow, PositionRow } from '../positions/rows.ts'

const { candidateInvitations } = schema

/** A, B, … Z, AA, AB, … @param number from 1 */
export function letterOf(number: number): string {
  const rest = Math.floor((number - 1) / 26)
  return (rest > 0 ? letterOf(rest) : '') + String.fromCharCode(65 + ((number - 1) % 26))
}

/** What a candidate goes by where names are hidden: the same as long as there is the position. */
export const nameless = ({ number }: Pick<InvitationRow, 'number'>): string => `Candidate ${letterOf(number)}`

/** What people without an account, and everybody who is shown what a candidate said, call them. */
export const shownName = (
  invitation: Pick<InvitationRow, 'name' | 'number'>,
  { hidesNames }: Pick<PositionRow, 'hidesNames'>,
): string => (hidesNames ? nameless(invitation) : invitation.name)

/**
 * The people who stand for candidates get the names by which they are shown, so that whatever names an author says it the same way: lists,
 * reels, pages of answers, notices and what they become elsewhere.
 */
export async function renameCandidates(tx: Db, position: Pick<PositionRow, 'id' | 'hidesNames'>): Promise<void> {
  const rows = await tx.select().from(candidateInvitations).where(eq(candidateInvitations.positionId, position.id))
  const names = JSON.stringify(rows.map((row) => ({ id: row.id, name: shownName(row, position) })))
  await tx.execute(sql`update users set name = shown.name from jsonb_to_recordset(${names}::jsonb) as shown(id uuid, name text)
    where users.candidate_of = shown.id`)
}
