import type { OpenLink } from '@meanwhile/shared/contract/open-links'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import { type Db, one, schema } from '@meanwhile/shared/db/client'
import type { RunningEnv } from '@meanwhile/shared/platform/env'
import { linkToken } from '@meanwhile/shared/platform/link-token'
import { and, eq, gte, sql } from 'drizzle-orm'
import { type By, recordAudit } from '../audit/record-audit.ts'
import { lockPosition } from '../positions/access.ts'
import { targetOf } from '../positions/change-position.ts'
import type { PositionRow } from '../positions/rows.ts'
import type { Viewer } from '../session.ts'

const { candidateInvitations, openLinks } = schema
export type OpenLinkRow = typeof openLinks.$inferSelect
type Env = Pick<RunningEnv, 'AUTH_SECRET' | 'PUBLIC_URL'>
type ByViewer = By & { actor: Viewer }

/** Who came by a link since it has the address that it has, also those who withdrew. */
export const comersOf = (db: Db, { positionId, createdAt }: OpenLinkRow): Promise<number> =>
  db.$count(
    candidateInvitations,
    and(
      eq(candidateInvitations.positionId, positionId),
      candidateInvitations.isByOpenLink,
      gte(candidateInvitations.createdAt, createdAt),
    ),
  )

/** The open link of a position as its owners see it; null where there is none. */
export async function openLinkOf(db: Db, positionId: string, { AUTH_SECRET, PUBLIC_URL }: Env): Promise<OpenLink | null> {
  const [row] = await db.select().from(openLinks).where(eq(openLinks.positionId, positionId))
  if (!row) return null
  const { id, maxCandidates, closesAt, createdAt } = row
  const url = `${PUBLIC_URL}/i/open/${linkToken(AUTH_SECRET, 'open-link', id)}`
  return { url, maxCandidates, closesAt, createdAt, candidates: await comersOf(db, row) }
}

type Rules = { maxCandidates: number; closesAt: Date | null; renew: boolean }

/** Makes it, or changes its rules. @throws {ProblemError} `invalid-request` for a closing time that has passed */
export const keepOpenLink = (db: Db, { id }: PositionRow, { renew, ...rules }: Rules, by: ByViewer): Promise<void> =>
  db.transaction(async (tx) => {
    const position = await lockPosition(tx, id)
    if (rules.closesAt && rules.closesAt <= new Date())
      throw new ProblemError('invalid-request', undefined, { errors: [{ field: 'closesAt', message: 'must be in the future' }] })
    const isOf = eq(openLinks.positionId, id)
    const [before] = await tx.select().from(openLinks).where(isOf)
    const isKept = before && !renew
    if (before && renew) await tx.delete(openLinks).where(isOf)
    if (isKept) await tx.update(openLinks).set(rules).where(isOf)
    else
      one(
        await tx
          .insert(openLinks)
          .values({ positionId: id, ...rules, createdAt: sql`now()` })
          .returning(),
      )
    await recordAudit(tx, { ...by, action: isKept ? 'open-link.changed' : 'open-link.created', target: targetOf(position) })
  })

/** Again it changes nothing. */
export const endOpenLink = (db: Db, position: PositionRow, by: ByViewer): Promise<void> =>
  db.transaction(async (tx) => {
    const gone = await tx.delete(openLinks).where(eq(openLinks.positionId, position.id)).returning({ id: openLinks.id })
    if (gone.length > 0) await recordAudit(tx, { ...by, action: 'open-link.revoked', target: targetOf(position) })
  })
