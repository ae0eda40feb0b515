import { ProblemError } from '@meanwhile/shared/contract/problem'
import type { ShareLink, ShareLinkChange, ShareLinkDraft } from '@meanwhile/shared/contract/share-links'
import { type Db, one, schema } from '@meanwhile/shared/db/client'
import { notify } from '@meanwhile/shared/db/notify'
import type { RunningEnv } from '@meanwhile/shared/platform/env'
import { linkToken } from '@meanwhile/shared/platform/link-token'
import { hashPassword } from 'better-auth/crypto'
import { and, desc, eq, isNull, type SQL, sql } from 'drizzle-orm'
import { type By, recordAudit } from '../audit/record-audit.ts'
import { personColumns } from '../people/person-columns.ts'
import type { UpdateRow } from '../updates/access.ts'
import { auditTarget } from '../updates/audit-target.ts'
import type { ShareLinkRow } from './access.ts'

const { shareLinks, users } = schema
type Site = Pick<RunningEnv, 'AUTH_SECRET' | 'PUBLIC_URL'>
type Place = Pick<UpdateRow, 'id' | 'workspaceId' | 'title' | 'channelId' | 'isApart'>

/** The addresses of a link: its page, and the player alone. */
export function addressesOf({ AUTH_SECRET, PUBLIC_URL }: Site, linkId: string) {
  const path = `/s/${linkToken(AUTH_SECRET, 'share-link', linkId)}`
  return { url: PUBLIC_URL + path, embedUrl: `${PUBLIC_URL}/embed${path}` }
}

async function linksWhere(db: Db, site: Site, which: SQL | undefined): Promise<ShareLink[]> {
  const rows = await db
    .select({ link: shareLinks, createdBy: personColumns(users) })
    .from(shareLinks)
    .innerJoin(users, eq(users.id, shareLinks.createdById))
    .where(and(which, isNull(shareLinks.revokedAt)))
    .orderBy(desc(shareLinks.createdAt), desc(shareLinks.id))
  return rows.map(({ link, createdBy }) => {
    const { id, passwordHash, expiresAt, comments, allowDownload, isIndexed, emailDomains, views, createdAt } = link
    const rules = { hasPassword: passwordHash !== null, expiresAt, comments, allowDownload, isIndexed, emailDomains }
    return { id, ...addressesOf(site, id), ...rules, views, createdAt, createdBy }
  })
}

export const shareLinksOf = (db: Db, site: Site, updateId: string) => linksWhere(db, site, eq(shareLinks.updateId, updateId))

/** A link that was not revoked. */
export const shareLink = async (db: Db, site: Site, linkId: string) => one(await linksWhere(db, site, eq(shareLinks.id, linkId)))

const hashed = async (password: string | null) => ({ passwordHash: password === null ? null : await hashPassword(password) })

/** What of the rules of a link is on record. */
const rulesOf = ({ passwordHash, expiresAt, comments, allowDownload, isIndexed, emailDomains }: ShareLinkRow) => ({
  password: passwordHash !== null,
  expiresAt: expiresAt?.toISOString() ?? null,
  comments,
  allowDownload,
  isIndexed,
  ...(emailDomains.length > 0 && { emailDomains }),
})

/** @returns its id */
export async function addShareLink(db: Db, update: Place, { password, ...rules }: ShareLinkDraft, by: By): Promise<string> {
  const row = { updateId: update.id, createdById: by.actor.id, ...rules, ...(await hashed(password)) }
  return db.transaction(async (tx) => {
    const link = one(await tx.insert(shareLinks).values(row).returning())
    const target = await auditTarget(tx, update)
    await recordAudit(tx, { ...by, action: 'share-link.created', target, details: rulesOf(link) })
    return link.id
  })
}

/** Those who look at the update meanwhile ask again what they may. */
const tell = (tx: Db, { id: updateId, workspaceId }: Place) => notify(tx, workspaceId, { type: 'update', updateId })

type Found = { link: Pick<ShareLinkRow, 'id'>; update: Place }

/** @throws {ProblemError} `not-found` when it was revoked meanwhile */
export async function changeShareLink(
  db: Db,
  { link, update }: Found,
  { password, ...rules }: ShareLinkChange,
  by: By,
): Promise<void> {
  const set = { ...rules, ...(password === undefined ? {} : await hashed(password)) }
  if (Object.keys(set).length === 0) return
  await db.transaction(async (tx) => {
    const [changed] = await tx
      .update(shareLinks)
      .set(set as Partial<ShareLinkRow>)
      .where(and(eq(shareLinks.id, link.id), isNull(shareLinks.revokedAt)))
      .returning()
    if (!changed) throw new ProblemError('not-found')
    const target = await auditTarget(tx, update)
    await recordAudit(tx, { ...by, action: 'share-link.changed', target, details: rulesOf(changed) })
    await tell(tx, update)
  })
}

export const revokeShareLink = (db: Db, { link, update }: Found, by: By): Promise<void> =>
  db.transaction(async (tx) => {
    await tx.update(shareLinks).set({ revokedAt: sql`now()` }).where(eq(shareLinks.id, link.id))
    await recordAudit(tx, { ...by, action: 'share-link.revoked', target: await auditTarget(tx, update) })
    await tell(tx, update)
  })
