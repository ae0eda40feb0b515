import { randomUUID } from 'node:crypto'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { seesPlace } from '@meanwhile/shared/db/sees-update'
import type { RunningEnv } from '@meanwhile/shared/platform/env'
import { linkIdIn } from '@meanwhile/shared/platform/link-token'
import { verifyPassword } from 'better-auth/crypto'
import { and, eq } from 'drizzle-orm'
import { chosen, resolvePlayback } from '../people/preferences.ts'
import type { Guest, Reader } from '../session.ts'
import { admits, grantCookie, grantEnd, grantIn, neededBy } from './grant.ts'

const { members, shareLinks, updates, users, workspaces } = schema
type Deps = { db: Db; env: Pick<RunningEnv, 'AUTH_SECRET' | 'PUBLIC_URL'> }

/**
 * A link that works, with what it leads to. It does as long as the author of the update sees that: who was taken out of a place must
 * not keep a door to it.
 * @throws {ProblemError} `not-found` for a token that was never given out, `share-link-ended`
 */
export async function requireShareLink({ db, env }: Deps, token: string) {
  const linkId = linkIdIn(env.AUTH_SECRET, 'share-link', token)
  if (!linkId) throw new ProblemError('not-found')
  const [found] = await db
    .select({ link: shareLinks, update: updates, workspace: workspaces })
    .from(shareLinks)
    .innerJoin(updates, eq(updates.id, shareLinks.updateId))
    .innerJoin(workspaces, eq(workspaces.id, updates.workspaceId))
    .innerJoin(members, and(eq(members.workspaceId, updates.workspaceId), eq(members.userId, updates.authorId)))
    .where(and(eq(shareLinks.id, linkId), seesPlace({ userId: members.userId, workspaceId: members.workspaceId })))
  const works =
    found &&
    found.link.revokedAt === null &&
    (found.link.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY) > Date.now() &&
    found.update.trashedAt === null &&
    found.update.publishedAt !== null
  if (!works) throw new ProblemError('share-link-ended', 'Ask who sent it for a new one.')
  return found
}
export type FoundLink = Awaited<ReturnType<typeof requireShareLink>>

/** The guest of a link whom cookies name, or one of whom nothing is known; null where the link needs something first. */
export async function guestOf({ db, env }: Deps, { link, workspace }: FoundLink, token: string, cookies?: string) {
  const grant = grantIn(env.AUTH_SECRET, link, cookies)
  if (neededBy(link, grant)) return null
  const guestId = grant?.guestId ?? null
  const [row] = guestId ? await db.select({ name: users.name }).from(users).where(eq(users.id, guestId)) : []
  const { id, updateId, comments, allowDownload } = link
  const guest: Guest = {
    // Nobody is ever stored under the id of a link.
    id: guestId ?? id,
    name: row?.name ?? '',
    role: 'guest',
    isKnown: guestId !== null,
    rate: resolvePlayback([workspace.playback]).rate,
    playback: chosen(),
    workspace: { id: workspace.id, name: workspace.name, playback: workspace.playback },
    link: { id, token, updateId, comments, allowDownload },
  }
  return guest
}

/** Who asks with a token, or why they may not; the second is for those routes to say that guests may use. */
export async function findGuest(deps: Deps, token: string, cookies?: string): Promise<Guest | ProblemError> {
  try {
    const guest = await guestOf(deps, await requireShareLink(deps, token), token, cookies)
    return guest ?? new ProblemError('share-link-locked')
  } catch (error) {
    if (error instanceof ProblemError) return error
    throw error
  }
}

/**
 * Lets somebody in: their cookie, and who they are from now on; null where they have to prove an address besides.
 * @param what.proved an address that is known to be theirs
 * @throws {ProblemError} `share-link-locked`, `wrong-password`
 */
export async function letIn(
  deps: Deps,
  found: FoundLink,
  token: string,
  { password, proved = '', cookies }: { password?: string | undefined; proved?: string; cookies?: string | undefined },
): Promise<{ guest: Guest | null; cookie: string }> {
  const { link } = found
  const { AUTH_SECRET: secret, PUBLIC_URL: publicUrl } = deps.env
  const before = grantIn(secret, link, cookies)
  if (link.passwordHash !== null && !before) {
    if (password === undefined) throw new ProblemError('share-link-locked')
    if (!(await verifyPassword({ hash: link.passwordHash, password }))) throw new ProblemError('wrong-password')
  }
  const kept = before?.email ?? ''
  const needsProof = link.emailDomains.length > 0 && !admits(link, kept)
  const email = needsProof && admits(link, proved) ? proved : kept
  // A mailbox may be somebody else's by then: what was proved once is asked for again, however often they come.
  const endsAt = before && kept !== '' && !needsProof ? before.endsAt : grantEnd()
  const grant = { guestId: before?.guestId ?? randomUUID(), email, endsAt }
  const cookie = grantCookie(secret, link, grant, { secure: publicUrl.startsWith('https:') })
  return { guest: await guestOf(deps, found, token, cookie.split('; ')[0]), cookie }
}

/** An address to which nothing can be sent, and with which nobody signs in. */
const addressOf = (guestId: string) => `${guestId}@guest.invalid`

/** A guest is stored when they leave something behind. Of whom nothing is known nothing is kept. @throws {ProblemError} `share-link-locked` */
export async function keepGuest(db: Db, reader: Reader, name?: string): Promise<void> {
  if (reader.role !== 'guest') return
  if (!reader.isKnown) throw new ProblemError('share-link-locked', 'Open the link itself first.')
  const row = { id: reader.id, name: name ?? reader.name, email: addressOf(reader.id), guestOf: reader.link.id }
  const insert = db.insert(users).values(row)
  if (name === undefined) await insert.onConflictDoNothing()
  else await insert.onConflictDoUpdate({ target: users.id, set: { name } })
}
