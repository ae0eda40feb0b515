import { randomBytes } from 'node:crypto'
import type { ApiToken, ApiTokenDraft } from '@meanwhile/shared/contract/api-tokens'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import { type Db, one, schema } from '@meanwhile/shared/db/client'
import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import { recordAudit } from '../audit/record-audit.ts'
import { tokenHash } from '../auth/token-hash.ts'
import type { Viewer } from '../session.ts'
import { tokenStart } from './bearer.ts'

const { apiTokens, users } = schema

/** How much of a token is kept readable, so that its person knows it again. */
const prefixLength = 8
/** As many as a person needs, and few enough to look through. */
const mostTokens = 50

const shown = ({ id, name, prefix, scopes, createdAt, expiresAt, usedAt }: typeof apiTokens.$inferSelect): ApiToken => ({
  id,
  name,
  prefix,
  scopes,
  createdAt,
  expiresAt,
  usedAt,
})

const areOf = ({ id, workspace }: Viewer) =>
  and(eq(apiTokens.userId, id), eq(apiTokens.workspaceId, workspace.id), isNull(apiTokens.revokedAt))

/** The tokens of somebody in their workspace, the newest first; also those that have expired. */
export const tokensOf = async (db: Db, viewer: Viewer): Promise<ApiToken[]> =>
  (await db.select().from(apiTokens).where(areOf(viewer)).orderBy(desc(apiTokens.createdAt), desc(apiTokens.id))).map(shown)

/** The token itself is returned this once; the table keeps its hash. @throws {ProblemError} `too-many-tokens` */
export const addToken = (db: Db, viewer: Viewer, { name, scopes, expiresInDays }: ApiTokenDraft, from: string) =>
  db.transaction(async (tx) => {
    // One after the other, so that nobody gets past the limit.
    await tx.select({ id: users.id }).from(users).where(eq(users.id, viewer.id)).for('no key update')
    if ((await tx.$count(apiTokens, areOf(viewer))) >= mostTokens)
      throw new ProblemError('too-many-tokens', 'Revoke those that nobody uses.')
    const token = tokenStart + randomBytes(32).toString('base64url')
    const row = one(
      await tx
        .insert(apiTokens)
        .values({
          workspaceId: viewer.workspace.id,
          userId: viewer.id,
          name,
          scopes: [...new Set(scopes)],
          prefix: token.slice(0, prefixLength),
          tokenHash: tokenHash(token),
          expiresAt: expiresInDays === null ? null : sql`now() + make_interval(days => ${expiresInDays})`,
        })
        .returning(),
    )
    const details = { scopes: row.scopes, expires: row.expiresAt?.toISOString() ?? null }
    await recordAudit(tx, {
      actor: viewer,
      action: 'api-token.created',
      target: { type: 'api-token', id: row.id, name },
      details,
      from,
    })
    return { ...shown(row), token }
  })

/** False when this person has no such token here. */
export const revokeToken = (db: Db, viewer: Viewer, tokenId: string, from: string): Promise<boolean> =>
  db.transaction(async (tx) => {
    const [row] = await tx
      .update(apiTokens)
      .set({ revokedAt: sql`now()` })
      .where(and(eq(apiTokens.id, tokenId), areOf(viewer)))
      .returning()
    if (!row) return false
    const target = { type: 'api-token', id: row.id, name: row.name }
    await recordAudit(tx, { actor: viewer, action: 'api-token.revoked', target, from })
    return true
  })

const hasRested = sql<boolean>`coalesce(${apiTokens.usedAt} < now() - interval '1 minute', true)`

/**
 * A token that works, with its person; that it was used is noted at most once a minute.
 * @throws {ProblemError} `token-invalid`, alike for what never was a token, has expired or was revoked
 */
export async function requireToken(db: Db, token: string) {
  const { id, userId, workspaceId, scopes } = apiTokens
  const works = sql`${apiTokens.revokedAt} is null and (${apiTokens.expiresAt} is null or ${apiTokens.expiresAt} > now())`
  const [found] = await db
    .select({ id, userId, workspaceId, scopes, name: users.name, email: users.email, hasRested })
    .from(apiTokens)
    .innerJoin(users, eq(users.id, apiTokens.userId))
    .where(and(eq(apiTokens.tokenHash, tokenHash(token)), works))
  if (!found)
    throw new ProblemError('token-invalid', 'It is wrong, has expired or was revoked. Create another in Settings, API tokens.')
  if (found.hasRested)
    await db
      .update(apiTokens)
      .set({ usedAt: sql`now()` })
      .where(and(eq(apiTokens.id, found.id), hasRested))
  return found
}
