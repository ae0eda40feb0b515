import { addMail, mailsLately } from '@meanwhile/shared/db/add-mail'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { notify } from '@meanwhile/shared/db/notify'
import { seesPlace } from '@meanwhile/shared/db/sees-update'
import { shownTitle } from '@meanwhile/shared/media/shown-title'
import type { RunningEnv } from '@meanwhile/shared/platform/env'
import { and, eq, isNotNull, not } from 'drizzle-orm'
import { accessAskedLetter } from '../mails/letters.ts'
import type { Outbox } from '../mails/outbox.ts'
import type { Viewer } from '../session.ts'
import { isSeenByPerson } from '../updates/access.ts'

const { members, notifications, updateAsks, updates, users } = schema
type Deps = { db: Db; env: RunningEnv; mails: Outbox }

/** For as long as somebody may still want to answer. */
const mailMinutes = 7 * 24 * 60
const mailsAnHour = 5

/** The update if it is published and its author sees it: who else could say yes in its name. */
async function askable(db: Db, updateId: string) {
  const [found] = await db
    .select({ update: updates, author: { name: users.name, email: users.email } })
    .from(updates)
    .innerJoin(users, eq(users.id, updates.authorId))
    .innerJoin(members, and(eq(members.userId, updates.authorId), eq(members.workspaceId, updates.workspaceId)))
    .where(
      and(
        eq(updates.id, updateId),
        isNotNull(updates.publishedAt),
        not(updates.isApart),
        seesPlace({ userId: members.userId, workspaceId: members.workspaceId }),
      ),
    )
  return found
}

/** Tells the author that somebody asks, once for each of them. Whatever is not so is nothing: nobody waits for an answer. */
export async function askForAccess({ db, env, mails }: Deps, asker: Viewer, updateId: string): Promise<void> {
  const found = await askable(db, updateId)
  if (!found || found.update.authorId === asker.id || (await isSeenByPerson(db, updateId, asker.id))) return
  const { update, author } = found
  const mailIds = await db.transaction(async (tx) => {
    const asked = await tx.insert(updateAsks).values({ updateId, userId: asker.id }).onConflictDoNothing().returning()
    if (asked.length === 0) return []
    const told = { userId: update.authorId, actorId: asker.id, updateId, kind: 'access-asked' as const }
    await tx.insert(notifications).values(told)
    await notify(tx, update.workspaceId, { type: 'notification' }, { userId: update.authorId })
    if (!mails.isSet || (await mailsLately(tx, 'access-asked', author.email)) >= mailsAnHour) return []
    const letter = accessAskedLetter(author.name, asker.name, shownTitle(update.title), `${env.PUBLIC_URL}/u/${updateId}`)
    const post = {
      kind: 'access-asked' as const,
      to: author.email,
      letter,
      of: { userId: update.authorId },
      minutes: mailMinutes,
    }
    return [await addMail(tx, post)]
  })
  mails.offer(mailIds)
}
