import { type SQL, sql } from 'drizzle-orm'

/**
 * Whether the answers of a candidate are for the team: they handed them in, or the deadline did it for them, where they
 * had answered anything; and neither they nor the team took them back. @param name the alias of `candidate_invitations`
 */
export function isHandedIn(name: string): SQL {
  const of = sql.identifier(name)
  return sql`(${of}.withdrawn_at is null and ${of}.revoked_at is null and ${of}.consented_at is not null
    and (${of}.submitted_at is not null or (coalesce(${of}.deadline_at <= now(), false) and exists (
      select from interview_answers answered where answered.invitation_id = ${of}.id and answered.is_chosen))))`
}

/** When those of `isHandedIn` did so, or their deadline for them. @param name the alias of `candidate_invitations` */
export function handedInAt(name: string): SQL {
  const of = sql.identifier(name)
  return sql`coalesce(${of}.submitted_at, ${of}.deadline_at)`
}
