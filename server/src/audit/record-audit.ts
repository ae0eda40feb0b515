import type { AuditAction, AuditDetails } from '@meanwhile/shared/contract/audit'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { eq } from 'drizzle-orm'

const { auditEvents, members } = schema

type Account = { id: string; name: string }
type Target = { type: string; id: string; name?: string | null }
type Act = {
  /** Such as `member.role-changed`. */
  action: AuditAction
  /** What it was done to; its name is kept as it is now. */
  target?: Target
  /** What else a reader has to know. Never a password, a token or a link. */
  details?: AuditDetails
  /** The address of the request: `request.ip`. */
  from: string | null
}

const rowOf = ({ action, target, details = {}, from }: Act) => ({
  action,
  targetType: target?.type ?? null,
  targetId: target?.id ?? null,
  targetName: target?.name ?? null,
  details,
  ip: from,
})

/** Who acts, and from where: what a request knows. */
export type By = { actor: Account & { workspace: { id: string } }; from: string }

/** Writes down what somebody does in their workspace, in the transaction that does it: neither is there without the other. */
export async function recordAudit(tx: Db, { actor, ...act }: Act & { actor: Account & { workspace: { id: string } } }) {
  const { id: actorId, name: actorName, workspace } = actor
  await tx.insert(auditEvents).values({ ...rowOf(act), workspaceId: workspace.id, actorId, actorName })
}

/**
 * Writes down what becomes of an account, such as a sign-in, in each workspace that it opens.
 * @param actor null where it is not known who did it
 */
export async function recordAccountAudit(
  tx: Db,
  account: Account,
  act: Omit<Act, 'target'>,
  actor: Account | null = account,
): Promise<void> {
  const target = { type: 'person', id: account.id, name: account.name }
  const row = { ...rowOf({ ...act, target }), actorId: actor?.id ?? null, actorName: actor?.name ?? null }
  const places = await tx
    .select({ workspaceId: members.workspaceId })
    .from(members)
    .where(eq(members.userId, account.id))
    .orderBy(members.joinedAt)
  if (places.length > 0) await tx.insert(auditEvents).values(places.map(({ workspaceId }) => ({ ...row, workspaceId })))
}
