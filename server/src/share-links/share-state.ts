import type { ShareState } from '@meanwhile/shared/contract/share-links'
import type { Db } from '@meanwhile/shared/db/client'
import type { FastifyRequest } from 'fastify'
import type { Guest } from '../session.ts'
import { isSeenByMember } from '../updates/access.ts'
import type { FoundLink } from './guests.ts'

/** Whether who asks sees the update without the link. */
export const isMemberOf = async (db: Db, { person }: FastifyRequest, { update }: FoundLink): Promise<boolean> =>
  person !== null && (await isSeenByMember(db, update.id, person.id))

/** What is left to be given by who knows the password, where there is one. */
export const needsAddress: ShareState = { needs: 'address', open: null }

/** A link that is open: to a guest, or null for a member, who does not need it. */
export function stateFor({ link }: FoundLink, guest: Guest | null): ShareState {
  const { updateId, comments, allowDownload } = link
  const who = guest?.isKnown ? { id: guest.id, name: guest.name || null } : null
  return { needs: null, open: { updateId, member: guest === null, guest: who, comments, allowDownload } }
}
