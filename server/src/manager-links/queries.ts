import type { ManagerLink } from '@meanwhile/shared/contract/manager-links'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import { type Db, one, schema } from '@meanwhile/shared/db/client'
import type { RunningEnv } from '@meanwhile/shared/platform/env'
import { linkToken } from '@meanwhile/shared/platform/link-token'
import { and, desc, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm'
import { type By, recordAudit } from '../audit/record-audit.ts'
import { personColumns } from '../people/person-columns.ts'
import { targetOf } from '../positions/change-position.ts'
import type { PositionRow } from '../positions/rows.ts'
import type { Viewer } from '../session.ts'
import { type ManagerLinkRow, works } from './access.ts'

const { candidateInvitations, managerLinkCandidates, managerLinks, users } = schema
type Site = Pick<RunningEnv, 'AUTH_SECRET' | 'PUBLIC_URL'>

const chosenIds = sql<
  string[]
>`array(select invitation_id::text from manager_link_candidates where link_id = ${managerLinks.id} order by invitation_id)`

async function linksWhere(db: Db, { AUTH_SECRET, PUBLIC_URL }: Site, which: SQL | undefined): Promise<ManagerLink[]> {
  const rows = await db
    .select({ link: managerLinks, createdBy: personColumns(users), chosen: chosenIds, works })
    .from(managerLinks)
    .leftJoin(users, eq(users.id, managerLinks.createdById))
    .where(and(which, isNull(managerLinks.revokedAt)))
    .orderBy(desc(managerLinks.createdAt), desc(managerLinks.id))
  return rows.map(({ link, createdBy, chosen, works }) => {
    const { id, label, isForAll, createdAt, expiresAt, lastOpenedAt } = link
    const url = `${PUBLIC_URL}/s/hiring/${linkToken(AUTH_SECRET, 'manager-link', id)}`
    const candidateIds = isForAll ? null : chosen
    return { id, label, url, candidateIds, createdAt, createdBy, expiresAt, lastOpenedAt, works }
  })
}

export const managerLinksOf = (db: Db, site: Site, positionId: string) =>
  linksWhere(db, site, eq(managerLinks.positionId, positionId))

export const managerLink = async (db: Db, site: Site, linkId: string) =>
  one(await linksWhere(db, site, eq(managerLinks.id, linkId)))

type Draft = { label: string; expiresInDays: number; candidateIds: string[] | null }

/** @returns its id @throws {ProblemError} `invalid-request` for a candidate of another position */
export const addManagerLink = (
  db: Db,
  position: PositionRow,
  { label, expiresInDays, candidateIds }: Draft,
  by: By & { actor: Viewer },
): Promise<string> =>
  db.transaction(async (tx) => {
    const chosen = [...new Set(candidateIds ?? [])]
    const isOne = and(inArray(candidateInvitations.id, chosen), eq(candidateInvitations.positionId, position.id))
    if (chosen.length > 0 && (await tx.$count(candidateInvitations, isOne)) < chosen.length) {
      const message = 'names somebody who is no candidate of this position'
      throw new ProblemError('invalid-request', undefined, { errors: [{ field: 'candidateIds', message }] })
    }
    const row = { positionId: position.id, label, isForAll: candidateIds === null, createdById: by.actor.id }
    const expiresAt = new Date(Date.now() + expiresInDays * 86_400_000)
    const { id: linkId } = one(
      await tx
        .insert(managerLinks)
        .values({ ...row, expiresAt })
        .returning({ id: managerLinks.id }),
    )
    if (chosen.length > 0) await tx.insert(managerLinkCandidates).values(chosen.map((invitationId) => ({ linkId, invitationId })))
    const details = { link: linkId, candidates: candidateIds ? chosen.length : 'all', expiresAt: expiresAt.toISOString() }
    await recordAudit(tx, { ...by, action: 'manager-link.created', target: targetOf(position), details })
    return linkId
  })

export const revokeManagerLink = (db: Db, { id }: ManagerLinkRow, position: PositionRow, by: By): Promise<void> =>
  db.transaction(async (tx) => {
    const [revoked] = await tx
      .update(managerLinks)
      .set({ revokedAt: sql`now()` })
      .where(and(eq(managerLinks.id, id), isNull(managerLinks.revokedAt)))
      .returning({ id: managerLinks.id })
    if (!revoked) throw new ProblemError('not-found')
    await recordAudit(tx, { ...by, action: 'manager-link.revoked', target: targetOf(position), details: { link: id } })
  })

export const noteOpened = async (db: Db, { id }: ManagerLinkRow): Promise<void> => {
  await db.update(managerLinks).set({ lastOpenedAt: sql`now()` }).where(eq(managerLinks.id, id))
}
