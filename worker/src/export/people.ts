import type { Db } from '@meanwhile/shared/db/client'
import { members, users } from '@meanwhile/shared/db/schema/people'
import type { CommentRecord, PersonRecord, ReactionRecord } from '@meanwhile/shared/platform/workspace-file'
import { and, eq, inArray } from 'drizzle-orm'

/** Everybody who is named in an export, each of them read once. */
export type ExportedPeople = {
  read(ids: Iterable<string | null>): Promise<void>
  name(id: string | null): string
  all(): PersonRecord[]
}

/** Addresses are those of members alone: who left takes theirs along, and guests have none. */
export async function openPeople(db: Db, workspaceId: string): Promise<ExportedPeople> {
  const known = new Map<string, PersonRecord>()
  const inside = and(eq(members.userId, users.id), eq(members.workspaceId, workspaceId))
  const select = () => db.select({ user: users, role: members.role, joinedAt: members.joinedAt }).from(users)
  type Row = Awaited<ReturnType<ReturnType<typeof joined>['limit']>>[number]
  const joined = () => select().leftJoin(members, inside)
  function keep({ user: { id, name, email, guestOf, importedTo }, role, joinedAt }: Row) {
    const isGuest = guestOf !== null || importedTo !== null
    const person = {
      id,
      name: name.slice(0, 200),
      email: role ? email : null,
      role,
      isGuest,
      joinedAt: joinedAt?.toISOString() ?? null,
    }
    known.set(id, person)
  }
  for (const row of await select().innerJoin(members, inside)) keep(row)
  return {
    async read(ids) {
      const missing = [...new Set(ids)].filter((id): id is string => id !== null && !known.has(id))
      for (let from = 0; from < missing.length; from += 500)
        for (const row of await joined().where(inArray(users.id, missing.slice(from, from + 500)))) keep(row)
    },
    name: (id) => (id === null ? '' : known.get(id)?.name || 'Guest'),
    all: () => [...known.values()],
  }
}

/** Whoever is named in comments and reactions. */
export const namedIn = (comments: CommentRecord[], reactions: ReactionRecord[]): (string | null)[] => [
  ...comments.flatMap((each) => [
    ...[each.authorId, each.ownerId, each.resolvedById, each.hiddenById],
    ...each.mentionIds,
    ...each.trail.map(({ actorId }) => actorId),
  ]),
  ...reactions.map(({ userId }) => userId),
]
