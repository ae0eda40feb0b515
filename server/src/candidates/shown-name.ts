import type { InvitationRow, PositionRow } from '../positions/rows.ts'

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
