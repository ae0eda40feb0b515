import { type Agreement, AgreementContent, type Contact } from '@meanwhile/shared/contract/agreement'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import { agreementOf, withMembersAlone } from '@meanwhile/shared/db/agreement'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { and, eq, inArray, sql } from 'drizzle-orm'
import { recordAudit } from '../audit/record-audit.ts'
import { personColumns } from '../people/person-columns.ts'
import type { Viewer } from '../session.ts'

const { agreements, members, users } = schema

/** What a team has agreed on, and who said so last. */
export async function shownAgreement(db: Db, workspaceId: string): Promise<Agreement> {
  const [row] = await db
    .select({ agreement: agreements, changedBy: personColumns(users) })
    .from(agreements)
    .leftJoin(users, eq(users.id, agreements.changedById))
    .where(eq(agreements.workspaceId, workspaceId))
  if (!row) return { ...(await agreementOf(db, workspaceId)), people: [], version: 0, changedBy: null, changedAt: null }
  const { version, changedAt } = row.agreement
  const content = await withMembersAlone(db, workspaceId, row.agreement.content)
  const people = await peopleOf(db, content.contacts)
  return { ...content, people, version, changedBy: row.changedBy, changedAt }
}

const namedBy = (contacts: Contact[]): string[] =>
  contacts.flatMap(({ personId, backupId }) => [personId, backupId].filter((id) => id !== null))

/** Whom contacts name: who reads the agreement may not have read the list of everybody that far. */
async function peopleOf(db: Db, contacts: Contact[]): Promise<Agreement['people']> {
  const named = namedBy(contacts)
  if (named.length === 0) return []
  const columns = { person: personColumns(users), timeZone: users.timeZone }
  return db.select(columns).from(users).where(inArray(users.id, named)).orderBy(users.name, users.id)
}

/** @throws {ProblemError} `invalid-request` for whoever is no member */
async function requireMembers(tx: Db, workspaceId: string, contacts: Contact[]) {
  const named = namedBy(contacts)
  if (named.length === 0) return
  const isHere = and(eq(members.workspaceId, workspaceId), inArray(members.userId, named))
  const here = new Set((await tx.select({ id: members.userId }).from(members).where(isHere)).map(({ id }) => id))
  const errors = contacts.flatMap((contact, index) =>
    (['personId', 'backupId'] as const).flatMap((field) => {
      const id = contact[field]
      return id === null || here.has(id) ? [] : [{ field: `contacts.${index}.${field}`, message: 'is not a member' }]
    }),
  )
  if (errors.length > 0) throw new ProblemError('invalid-request', 'Name only members of the workspace.', { errors })
}

/** Which parts are another now. */
const changedParts = (before: AgreementContent, after: AgreementContent) =>
  (['replies', 'contacts', 'meetings'] as const).filter((part) => JSON.stringify(before[part]) !== JSON.stringify(after[part]))

/**
 * Says what the team has agreed on. Nobody overwrites what they have not read.
 * @throws {ProblemError} `agreement-changed` when it is another version by now, `invalid-request` for whoever is no member
 */
export const changeAgreement = (
  db: Db,
  actor: Viewer,
  { version, ...rest }: AgreementContent & { version: number },
  from: string,
): Promise<Agreement> =>
  db.transaction(async (tx) => {
    const workspaceId = actor.workspace.id
    const content = AgreementContent.parse(rest)
    const isIts = eq(agreements.workspaceId, workspaceId)
    const [row] = await tx.select().from(agreements).where(isIts).for('update')
    const refuse = () => new ProblemError('agreement-changed', 'Load it again, then make your change once more.')
    if ((row?.version ?? 0) !== version) throw refuse()
    await requireMembers(tx, workspaceId, content.contacts)
    const parts = changedParts(AgreementContent.parse(await agreementOf(tx, workspaceId)), content)
    if (parts.length > 0) {
      const set = { content, version: version + 1, changedById: actor.id, changedAt: sql`now()` }
      const stored = row
        ? await tx.update(agreements).set(set).where(isIts).returning({ version: agreements.version })
        : await tx
            .insert(agreements)
            .values({ ...set, workspaceId })
            .onConflictDoNothing()
            .returning({ version: agreements.version })
      // Somebody else was the first at the same moment.
      if (stored.length === 0) throw refuse()
      const target = { type: 'agreement', id: workspaceId, name: actor.workspace.name }
      await recordAudit(tx, { actor, action: 'agreement.changed', target, details: { parts }, from })
    }
    return shownAgreement(tx, workspaceId)
  })
