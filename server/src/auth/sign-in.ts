import { type Db, schema } from '@meanwhile/shared/db/client'
import { eq, sql } from 'drizzle-orm'
import { recordAccountAudit } from '../audit/record-audit.ts'

const { sessions, users } = schema

type Begun = { token: string; user: { id: string; name: string } }

/** A session that has just been made begins in the workspace that its person used last. One that cannot be put on record ends again. */
export async function beginSession(db: Db, { token, user }: Begun, from: string): Promise<void> {
  const isThis = eq(sessions.token, token)
  const latest = sql`(select workspace_id from members where user_id = ${user.id} order by used_at desc, joined_at limit 1)`
  try {
    await db.transaction(async (tx) => {
      await tx.update(sessions).set({ workspaceId: latest }).where(isThis)
      await recordAccountAudit(tx, user, { action: 'account.signed-in', from })
    })
  } catch (error) {
    await db.delete(sessions).where(isThis)
    throw error
  }
}

/** One that has just been made and that nobody was given: a code is asked for first. */
export const dropSession = (db: Db, { token }: Begun) => db.delete(sessions).where(eq(sessions.token, token))

/** Somebody did not know the password of an account, if there is one with this address. */
export async function noteFailedSignIn(db: Db, email: string, from: string): Promise<void> {
  const [account] = await db.select().from(users).where(eq(users.email, email.toLowerCase()))
  if (account) await recordAccountAudit(db, account, { action: 'account.sign-in-failed', from }, null)
}
