import { and, eq, inArray } from 'drizzle-orm'
import { type AgreementContent, usualAgreement } from '../contract/agreement.ts'
import { type Db, schema } from './client.ts'

const { agreements, members } = schema

/** What a team has agreed on, as usual where it said nothing. Who left, or was erased, is named no more. */
export async function agreementOf(db: Db, workspaceId: string): Promise<AgreementContent> {
  const [row] = await db.select({ content: agreements.content }).from(agreements).where(eq(agreements.workspaceId, workspaceId))
  return row ? withMembersAlone(db, workspaceId, row.content) : usualAgreement
}

/** The same of a row that was read already. */
export async function withMembersAlone(
  db: Db,
  workspaceId: string,
  content: Partial<AgreementContent>,
): Promise<AgreementContent> {
  const replies = { ...usualAgreement.replies, ...content.replies }
  const { contacts = usualAgreement.contacts, meetings = usualAgreement.meetings } = content
  const named = contacts.flatMap(({ personId, backupId }) => [personId, backupId].filter((id) => id !== null))
  const isHere = and(eq(members.workspaceId, workspaceId), inArray(members.userId, named))
  const found = named.length > 0 ? await db.select({ id: members.userId }).from(members).where(isHere) : []
  const here = new Set(found.map(({ id }) => id))
  const ifHere = (id: string | null) => (id !== null && here.has(id) ? id : null)
  const reachable = contacts.map((each) => ({ ...each, personId: ifHere(each.personId), backupId: ifHere(each.backupId) }))
  return { replies, contacts: reachable, meetings }
}
